SELECT id, 7 / 2 AS a, -7 / 2 AS b, -7 % 2 AS c, 7.0 / 2 AS d, id / 3 AS e, round(amount, 1) AS f, trunc(amount) AS g, div(amount, 3) AS h, mod(qty, 3) AS i FROM ord;
