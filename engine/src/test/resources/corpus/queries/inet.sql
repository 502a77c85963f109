SELECT id, inet '10.0.0.1' + id AS ip, (inet '10.0.0.1' + id) << inet '10.0.0.0/27' AS c, host(inet '10.0.0.1') AS h FROM cust;
