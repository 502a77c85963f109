WITH a AS (WITH b AS (SELECT id FROM cust WHERE active) SELECT id FROM b WHERE id > 5) SELECT * FROM a WHERE id IN (WITH c AS (SELECT cust_id FROM ord) SELECT cust_id FROM c);
