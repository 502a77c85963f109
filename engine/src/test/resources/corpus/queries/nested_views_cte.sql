WITH t AS (SELECT * FROM v_tot) SELECT t.region, t.total FROM t WHERE t.total > (SELECT avg(total) FROM v_tot);
