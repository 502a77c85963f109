SELECT CAST(amount AS bigint) AS a, int4(qty) AS b, numeric '1.50' AS c, date '2024-01-01' AS d, '5'::int AS e, float8 '1e3' AS f, 'x'::bpchar AS g, '1 day'::interval AS h FROM ord;
