SELECT id, jsonb_set(attrs, '{b,c}', '"n"') AS j, jsonb_typeof(attrs->'l') AS t, jsonb_array_length(attrs->'l') AS n FROM cust;
