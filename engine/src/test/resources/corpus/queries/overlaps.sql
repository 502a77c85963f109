SELECT id FROM cust WHERE (joined, joined + 30) OVERLAPS (date '2023-03-01', date '2023-04-01');
