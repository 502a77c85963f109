SELECT id, count(*) FILTER (WHERE qty > 2) OVER (PARTITION BY status) AS c FROM ord;
