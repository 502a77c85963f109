SELECT c.id, ARRAY(SELECT o.id FROM ord o WHERE o.cust_id = c.id ORDER BY o.id) AS oids FROM cust c;
