SELECT j.p, j.r FROM (nul n1 JOIN nul2 n2 ON n1.a = n2.a) AS j(p, q, r, s);
