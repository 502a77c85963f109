SELECT a, b, a IS NULL AS an, b NOTNULL AS bn, coalesce(a, b, -1) AS co, nullif(a, b) AS nf, greatest(a, b) AS gr, least(a, b, 0) AS le FROM nul;
