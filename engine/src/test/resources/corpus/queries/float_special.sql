SELECT id, ratio, 'NaN'::float8 AS n, 'Infinity'::float8 > ratio AS i, ratio = 0.25 AS e, rr::float8 AS r, rr * 3 AS m FROM ord;
