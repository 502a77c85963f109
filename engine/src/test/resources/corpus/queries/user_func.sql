SELECT id, app.taxed(amount) AS t, app.hi() AS h0, app.hi(b => 5) AS h1, app.hi(3) AS h2, app.vsum(1,2,qty) AS v, app.vsum(VARIADIC codes) AS v2 FROM ord;
