SELECT id, to_tsvector('english', name) @@ to_tsquery('english', 'ann | bob') AS m, ts_rank(to_tsvector('simple', name), plainto_tsquery('simple','ann')) AS r FROM cust;
