SELECT id, sum(qty) OVER (w ORDER BY id) AS s FROM ord WINDOW w AS (PARTITION BY status);
