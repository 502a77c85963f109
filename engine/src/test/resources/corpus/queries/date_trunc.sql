SELECT date_trunc('day', placed) AS d, count(*) AS n, sum(amount) AS s FROM ord GROUP BY date_trunc('day', placed);
