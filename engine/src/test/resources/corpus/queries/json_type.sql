SELECT id, meta->>'k' AS k, (meta->'k')::text AS kt FROM item;
