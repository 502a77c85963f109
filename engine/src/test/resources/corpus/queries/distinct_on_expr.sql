SELECT DISTINCT ON (date_trunc('month', placed), status) status, id FROM ord ORDER BY date_trunc('month', placed), status, id;
