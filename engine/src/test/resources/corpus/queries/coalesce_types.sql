SELECT id, coalesce(amount, 0) AS a, coalesce(notes, 'none') AS n, coalesce(shipped, placed::timestamptz) AS t, nullif(status, '') AS s FROM ord;
