SELECT id FROM cust c WHERE c.score > 100 OR EXISTS (SELECT 1 FROM ord o WHERE o.cust_id = c.id AND o.qty = 6);
