SELECT o.id, e.val->>'sku' AS sku, e.ix FROM ord o CROSS JOIN LATERAL jsonb_array_elements(o.lines) WITH ORDINALITY AS e(val, ix);
