SELECT id, NOT active OR score > 5 AND id < 30 AS a, - id ^ 2 AS b, id + 1 || 'x' AS c, id::text || name ILIKE '%a%' AS d, 2 + 3 * id % 4 - 1 AS e FROM cust;
