SELECT a, b FROM nul n WHERE a NOT IN (SELECT m.a FROM nul2 m WHERE m.b = n.b);
