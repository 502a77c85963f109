SELECT a, nul.b AS b1, nul2.b AS b2, c FROM nul JOIN nul2 USING (a);
