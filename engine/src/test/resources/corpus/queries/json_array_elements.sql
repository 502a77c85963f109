SELECT o.id, e->>'sku' AS sku, (e->>'n')::int AS n FROM ord o, jsonb_array_elements(o.lines) e;
