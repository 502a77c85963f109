SELECT id FROM cust WHERE id IN (SELECT cust_id FROM ord WHERE amount > 1000);
