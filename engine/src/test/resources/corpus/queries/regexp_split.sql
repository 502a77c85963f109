SELECT c.id, p FROM cust c, regexp_split_to_table(c.email, '[@.]') AS p;
