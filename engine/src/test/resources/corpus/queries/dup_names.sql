SELECT x.id AS "?column?", x.name FROM (SELECT id, name FROM cust) x(id, name), (SELECT 1 AS one, 'a' AS two) y;
