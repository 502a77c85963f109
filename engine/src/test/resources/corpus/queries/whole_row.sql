SELECT c.id, c AS rec, to_jsonb(c) AS j, row_to_json(c)->>'name' AS n FROM v_active c;
