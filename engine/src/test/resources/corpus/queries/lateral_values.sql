SELECT c.id, v.k, v.val FROM cust c CROSS JOIN LATERAL (VALUES ('name', c.name::text), ('email', c.email)) v(k, val);
