SELECT id, attrs['b']['c'] AS c, attrs['l'][0] AS l0 FROM cust;
