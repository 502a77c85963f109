SELECT id, (home).city AS city, (home).zip + 1 AS z, home, ROW(id, name)::text AS r, ROW('a','b',1)::addr AS ra FROM cust WHERE (home).city = 'Oslo' OR home IS NULL;
