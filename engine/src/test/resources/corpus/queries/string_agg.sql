SELECT cust_id, string_agg(notes, ', ' ORDER BY id DESC) AS s, string_agg(DISTINCT status, '|' ORDER BY status) AS d FROM ord GROUP BY cust_id;
