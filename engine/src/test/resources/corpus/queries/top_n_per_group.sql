SELECT * FROM (SELECT o.*, row_number() OVER (PARTITION BY cust_id ORDER BY amount DESC NULLS LAST, id) AS rn FROM ord o) t WHERE rn <= 2;
