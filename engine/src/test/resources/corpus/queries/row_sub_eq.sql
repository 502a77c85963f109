SELECT id FROM nul2 n JOIN ord o ON (o.cust_id, o.qty) = (n.a, n.b);
