SELECT id, int4range(qty, qty+3, '[]') AS r, int4range(1,5) * int4range(qty, 9) AS i FROM ord;
