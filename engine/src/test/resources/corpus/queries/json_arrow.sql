SELECT id, attrs->'b'->>'c' AS c, (attrs->>'a')::int AS a FROM cust WHERE attrs->>'a' IS NOT NULL;
