WITH RECURSIVE t AS (SELECT id, boss, 1 AS lvl FROM emp WHERE boss IS NULL UNION ALL SELECT e.id, e.boss, t.lvl + 1 FROM emp e JOIN t ON e.boss = t.id) SELECT * FROM t;
