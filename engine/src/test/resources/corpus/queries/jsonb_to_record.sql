SELECT c.id, r.a FROM cust c, jsonb_to_record(c.attrs) AS r(a int, b jsonb);
