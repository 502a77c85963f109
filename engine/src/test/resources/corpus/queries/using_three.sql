SELECT a, x.b AS xb, y.b AS yb, z.b AS zb FROM nul x LEFT JOIN nul2 y USING (a) LEFT JOIN nul z USING (a);
