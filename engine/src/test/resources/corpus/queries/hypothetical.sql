SELECT status, rank(100) WITHIN GROUP (ORDER BY amount) AS r FROM ord GROUP BY status;
