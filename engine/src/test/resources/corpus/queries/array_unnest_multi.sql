SELECT o.id, u.a, u.b FROM ord o, unnest(o.codes, ARRAY['x','y']) AS u(a,b);
