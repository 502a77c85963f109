WITH big AS (SELECT * FROM ord WHERE amount > 500) SELECT c.name, b.amount FROM cust c JOIN big b ON b.cust_id = c.id;
