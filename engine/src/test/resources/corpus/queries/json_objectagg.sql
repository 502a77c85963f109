SELECT region, JSON_OBJECTAGG(id: name) AS o, JSON_ARRAYAGG(name ORDER BY id RETURNING jsonb) AS a FROM cust GROUP BY region;
