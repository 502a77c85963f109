SELECT status, sum(amount) AS s, rank() OVER (ORDER BY sum(amount) DESC) AS r FROM ord GROUP BY status;
