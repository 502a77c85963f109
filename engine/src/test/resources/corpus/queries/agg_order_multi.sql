SELECT status, string_agg(id::text, ',' ORDER BY qty DESC, id) FILTER (WHERE qty > 1) AS s, (array_agg(amount ORDER BY placed DESC))[1] AS latest FROM ord GROUP BY status;
