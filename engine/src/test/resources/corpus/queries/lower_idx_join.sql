SELECT a.id, b.id AS bid FROM cust a JOIN cust b ON lower(a.name) = lower(b.name) AND a.id < b.id;
