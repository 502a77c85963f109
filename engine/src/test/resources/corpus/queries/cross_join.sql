SELECT a.a, b.b FROM nul a CROSS JOIN nul2 b WHERE a.a = b.a;
