SELECT (SELECT array_agg(x) FROM unnest(codes) x WHERE x > 1) AS f, (SELECT max(x) FROM unnest(codes) AS x) AS m FROM ord;
