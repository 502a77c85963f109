SELECT id, mood, mood > 'sad'::mood AS b, mood::text AS t FROM cust WHERE mood IN ('ok','happy') OR mood = ANY (enum_range('sad'::mood,'ok'::mood));
