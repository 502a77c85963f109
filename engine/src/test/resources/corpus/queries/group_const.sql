SELECT 'k' AS k, count(*) AS n FROM ord GROUP BY ();
