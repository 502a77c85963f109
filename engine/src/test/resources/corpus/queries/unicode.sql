SELECT id, 'héllo → wörld 日本' AS s, E'a\tb\\c' AS e, U&'d\0061t' AS u FROM cust WHERE name = 'Éva' OR name = 'Zoë';
