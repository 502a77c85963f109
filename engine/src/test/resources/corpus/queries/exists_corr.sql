SELECT id FROM cust c WHERE EXISTS (SELECT 1 FROM ord o WHERE o.cust_id = c.id AND o.amount > 100) AND NOT EXISTS (SELECT FROM ord o WHERE o.cust_id = c.id AND o.status = 'void');
