WITH cust AS (SELECT id, name FROM cust WHERE id < 10) SELECT * FROM cust;
