SELECT o.id, e->>'sku' AS sku FROM ord o LEFT JOIN LATERAL jsonb_array_elements(o.lines) AS e ON true;
