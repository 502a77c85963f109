SELECT c.id FROM cust c WHERE EXISTS (SELECT 1 FROM ord o WHERE o.cust_id = c.id AND EXISTS (SELECT 1 FROM item i WHERE i.ord_id = o.id AND i.n::text = right(c.email, 1)));
