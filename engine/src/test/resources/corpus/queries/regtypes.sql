SELECT id, pg_typeof(amount)::text AS t, 'ord'::regclass::oid::text <> '' AS o FROM ord;
