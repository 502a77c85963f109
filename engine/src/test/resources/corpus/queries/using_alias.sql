SELECT j.a, n1.b FROM nul n1 JOIN nul2 n2 USING (a) AS j;
