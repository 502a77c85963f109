SELECT id FROM ord WHERE (cust_id, qty) IN ((1,2),(3,4),(5,6));
