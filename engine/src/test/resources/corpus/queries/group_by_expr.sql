SELECT upper(name) AS u, length(name) % 3 AS l, count(*) AS n FROM cust GROUP BY upper(name), length(name) % 3 HAVING count(*) > 1;
