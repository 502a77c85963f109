SELECT id FROM cust WHERE '{"a":1}'::jsonb <@ attrs;
