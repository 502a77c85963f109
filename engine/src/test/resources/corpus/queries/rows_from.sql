SELECT o.id, r.a, r.b FROM ord o, ROWS FROM (unnest(o.codes), generate_series(1, o.qty)) AS r(a,b);
