SELECT e.kind, pg_catalog.count(*) AS n, pg_catalog.lower(e.kind) AS l FROM app.evt e GROUP BY e.kind;
