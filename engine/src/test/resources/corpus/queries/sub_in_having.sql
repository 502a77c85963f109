SELECT cust_id, sum(amount) AS s FROM ord GROUP BY cust_id HAVING sum(amount) > (SELECT avg(score) FROM cust);
