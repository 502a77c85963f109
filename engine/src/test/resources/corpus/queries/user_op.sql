SELECT id, qty::int OPERATOR(app.<~>) 3 AS d FROM ord WHERE qty OPERATOR(pg_catalog.>) 2;
