SELECT id, region = 'EU' AS a, length(region) AS b, region::text = 'EU  ' AS c, region LIKE 'EU%' AS d FROM cust WHERE region = 'EU  ' OR region = 'US';
