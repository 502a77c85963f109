SELECT c.id, x.id AS oid, x.amount FROM cust c, LATERAL (SELECT o.id, o.amount FROM ord o WHERE o.cust_id = c.id ORDER BY o.amount DESC NULLS LAST, o.id LIMIT 2) x;
