SELECT id, tags || 'x'::text AS t, tags @> ARRAY['t1'] AS c, tags && ARRAY['t2','t4'] AS o, tags <@ ARRAY['t0','t1','t2'] AS b FROM cust;
