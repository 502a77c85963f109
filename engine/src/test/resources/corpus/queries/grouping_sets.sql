SELECT status, qty, count(*) AS n, GROUPING(status, qty) AS g FROM ord GROUP BY GROUPING SETS ((status, qty), (status), ());
