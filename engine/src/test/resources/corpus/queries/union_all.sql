SELECT id, name FROM cust UNION ALL SELECT id::int, status FROM ord UNION ALL SELECT 1, NULL;
