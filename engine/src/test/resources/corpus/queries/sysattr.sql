SELECT ctid IS NOT NULL AS c, tableoid::regclass::text AS t, id FROM ord;
