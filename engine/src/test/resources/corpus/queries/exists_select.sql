SELECT c.id, EXISTS (SELECT 1 FROM ord o WHERE o.cust_id = c.id) AS has FROM cust c;
