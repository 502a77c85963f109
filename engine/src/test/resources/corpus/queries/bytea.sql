SELECT id, raw, encode(raw, 'hex') AS h, raw = '\x0001'::bytea AS e, raw || '\xff'::bytea AS c, length(raw) AS l FROM ord;
