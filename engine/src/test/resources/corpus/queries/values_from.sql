SELECT v.a, v.b, c.name FROM (VALUES (1,'x'),(2,'y'),(3,NULL)) AS v(a,b) LEFT JOIN cust c ON c.id = v.a;
