SELECT id, joined + 7 AS a, joined - date '2023-01-01' AS b, age(created, timestamptz '2020-01-01 00:00+00') AS c, created - joined::timestamptz AS d, joined + time '03:00' AS e FROM cust;
