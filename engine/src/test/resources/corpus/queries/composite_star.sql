SELECT c.id, (c.home).* FROM cust c;
