SELECT c.id, t.tag, t.pos FROM cust c CROSS JOIN unnest(c.tags) WITH ORDINALITY AS t(tag, pos);
