SELECT id, generate_series(1, qty) AS g, unnest(codes) AS c FROM ord;
