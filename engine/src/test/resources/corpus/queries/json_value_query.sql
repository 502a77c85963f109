SELECT id, JSON_VALUE(attrs, '$.a' RETURNING int) AS a, JSON_QUERY(attrs, '$.b') AS b, JSON_EXISTS(attrs, '$.l[*] ? (@ == 2)') AS e FROM cust;
