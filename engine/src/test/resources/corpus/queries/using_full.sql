SELECT a, n1.b AS b1, n2.b AS b2 FROM nul n1 FULL JOIN nul2 n2 USING (a);
