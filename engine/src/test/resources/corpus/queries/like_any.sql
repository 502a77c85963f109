SELECT id FROM cust WHERE name LIKE ANY (ARRAY['A%','b%']) OR name !~~* ALL (ARRAY['c%']);
