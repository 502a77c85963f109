SELECT status, count(*) AS n FROM ord GROUP BY ROLLUP (status) HAVING GROUPING(status) = 0 OR count(*) > 100;
