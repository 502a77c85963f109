SELECT status, qty, qpos, count(*) AS n FROM ord GROUP BY status, ROLLUP (qty, qpos);
