SELECT id, xmlelement(name x, xmlattributes(id AS k), name)::text AS x, xmlforest(id, name)::text AS f FROM cust;
