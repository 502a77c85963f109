SELECT id, codes[1] AS c1, codes[2:3] AS sl, codes[:2] AS sl2, array_length(codes,1) AS n, cardinality(codes) AS card FROM ord;
