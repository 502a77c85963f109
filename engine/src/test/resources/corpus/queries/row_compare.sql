SELECT id FROM ord WHERE (cust_id, qty) = (3, 2) OR (cust_id, qty) < (10, 1) OR ROW(qty, status) IS DISTINCT FROM ROW(1, 'new');
