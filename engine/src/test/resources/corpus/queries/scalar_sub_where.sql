SELECT id FROM ord o WHERE amount > (SELECT avg(amount) FROM ord o2 WHERE o2.cust_id = o.cust_id);
