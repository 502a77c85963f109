SELECT id FROM ord WHERE (cust_id, qty) IN (SELECT id, n FROM item);
