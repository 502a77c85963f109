SELECT id FROM cust WHERE active IS TRUE AND (score > 5) IS NOT FALSE AND (email = 'x') IS UNKNOWN OR active IS NOT TRUE OR (id > 3) IS NOT UNKNOWN;
