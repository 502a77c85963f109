SELECT DISTINCT status, count(*) OVER (PARTITION BY status) AS c FROM ord;
