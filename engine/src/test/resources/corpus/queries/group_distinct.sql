SELECT status, qty, count(*) AS n FROM ord GROUP BY DISTINCT ROLLUP (status, qty), ROLLUP (status);
