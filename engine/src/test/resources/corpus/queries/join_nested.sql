SELECT c.id, o.id AS oid, i.id AS iid FROM cust c LEFT JOIN (ord o JOIN item i ON i.ord_id = o.id AND i.n > 2) ON o.cust_id = c.id;
