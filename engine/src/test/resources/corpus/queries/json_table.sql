SELECT o.id, jt.ord, jt.sku, jt.n FROM ord o, JSON_TABLE(o.lines, '$[*]' COLUMNS (ord FOR ORDINALITY, sku text PATH '$.sku', n int PATH '$.n' DEFAULT 0 ON EMPTY)) jt;
