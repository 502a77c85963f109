WITH x(a, b) AS (SELECT id, name FROM cust), y AS (SELECT a, b FROM x WHERE a > 10) SELECT y.b, x.a FROM x JOIN y ON x.a = y.a;
