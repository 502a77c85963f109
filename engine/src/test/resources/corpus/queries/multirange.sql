SELECT id, '{[1,3),[5,7)}'::int4multirange @> qty::int AS m FROM ord;
