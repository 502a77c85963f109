SELECT o.id, r.sku, r.n FROM ord o, jsonb_to_recordset(o.lines) AS r(sku text, n int, p numeric);
