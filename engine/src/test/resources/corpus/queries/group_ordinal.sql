SELECT status, qty, count(*) FROM ord GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2;
