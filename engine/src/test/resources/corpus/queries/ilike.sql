SELECT id, name FROM cust WHERE name ILIKE 'a%' OR name NOT ILIKE '%o%' OR name LIKE 'B\_%' ESCAPE '\';
