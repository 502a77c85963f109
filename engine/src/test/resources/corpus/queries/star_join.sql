SELECT a.*, o.cust_id, o.amount FROM v_active a JOIN ord o ON o.cust_id = a.id;
