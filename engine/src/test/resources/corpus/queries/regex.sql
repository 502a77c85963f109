SELECT id FROM cust WHERE name ~ '^[A-Z]' AND name !~ 'x$' OR name ~* '^b' AND name !~* 'z';
