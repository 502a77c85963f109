SELECT c.id, kv.key, kv.value FROM cust c, LATERAL jsonb_each(c.attrs) kv;
