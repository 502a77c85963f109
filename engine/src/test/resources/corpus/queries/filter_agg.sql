SELECT cust_id, count(*) FILTER (WHERE status = 'paid') AS paid, sum(amount) FILTER (WHERE amount > 100) AS big FROM ord GROUP BY cust_id;
