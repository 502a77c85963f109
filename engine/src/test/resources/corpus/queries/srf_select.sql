SELECT id, unnest(codes) AS c FROM ord;
