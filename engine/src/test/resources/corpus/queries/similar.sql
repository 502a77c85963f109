SELECT id FROM cust WHERE name SIMILAR TO '%(o|a)%' AND name NOT SIMILAR TO 'q_';
