SELECT c.id, o.id AS oid FROM cust c FULL OUTER JOIN ord o ON c.id = o.cust_id AND o.amount > 100;
