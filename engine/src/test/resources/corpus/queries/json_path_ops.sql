SELECT id, attrs#>'{b,c}' AS x, attrs#>>'{b,c}' AS y FROM cust;
