-- SELECT c.region, array_agg(o.id ORDER BY o.id) AS all FROM public.orders AS o JOIN public.customer AS c ON c.id = o.customer GROUP BY c.region

-- ==== orders changed
WITH
-- rows of public.orders that changed since the stored frontier
"scan_1_delta" AS MATERIALIZED (
  SELECT "weight" AS "__weight", "c1" AS "id", "c2" AS "customer"
  FROM "pgtrickle_data"."changes_1_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c1" AS "id", "c2" AS "customer"
  FROM "pgtrickle_data"."changes_1_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  LIMIT 1000
),
-- pairs that come and go
"join_2_delta" AS (
  SELECT "left"."__weight" AS "__weight", "left"."id", "left"."customer", "right"."id_2", "right"."region"
  FROM "scan_1_delta" AS "left"
  JOIN (
    SELECT "customer"."id" AS "id_2", "customer"."region"
    FROM ONLY "public"."customer" AS "customer"
  ) AS "right"
    ON ("right"."id_2" = "left"."customer")
),
-- groups with changes
"group_3_touched" AS MATERIALIZED (
  SELECT DISTINCT *
  FROM (
    SELECT "input"."region" AS "__key_1"
    FROM "join_2_delta" AS input
  ) AS keys
),
-- the rows of those groups
"group_4_present" AS MATERIALIZED (
  SELECT "input"."id", "input"."customer", "input"."id_2", "input"."region"
  FROM "group_3_touched" AS touched
  JOIN (
    SELECT "orders"."id", "orders"."customer", "customer"."id" AS "id_2", "customer"."region"
    FROM ONLY "public"."orders" AS "orders"
    JOIN ONLY "public"."customer" AS "customer"
      ON ("customer"."id" = "orders"."customer")
  ) AS "input"
    ON ("input"."region") = touched."__key_1"
  UNION ALL
  SELECT "input"."id", "input"."customer", "input"."id_2", "input"."region"
  FROM "group_3_touched" AS touched
  JOIN (
    SELECT "orders"."id", "orders"."customer", "customer"."id" AS "id_2", "customer"."region"
    FROM ONLY "public"."orders" AS "orders"
    JOIN ONLY "public"."customer" AS "customer"
      ON ("customer"."id" = "orders"."customer")
  ) AS "input"
    ON hash_record_extended(ROW("input"."region"), 0) = hash_record_extended(ROW(touched."__key_1"), 0)
    AND (("input"."region") = touched."__key_1" OR (("input"."region") IS NOT DISTINCT FROM NULL AND touched."__key_1" IS NOT DISTINCT FROM NULL))
  WHERE touched."__key_1" IS NOT DISTINCT FROM NULL
),
-- the same with the changes taken back
"group_5_previous" AS MATERIALIZED (
  SELECT "input"."id", "input"."customer", "input"."id_2", "input"."region"
  FROM (
    SELECT sum(input."__weight") AS "__weight", input."id", input."customer", input."id_2", input."region"
    FROM (
      SELECT 1 AS "__weight", "input"."id", "input"."customer", "input"."id_2", "input"."region"
      FROM "group_4_present" AS input
      UNION ALL
      SELECT -input."__weight", "input"."id", "input"."customer", "input"."id_2", "input"."region"
      FROM "join_2_delta" AS input
    ) AS input
    GROUP BY input."id", input."customer", input."id_2", input."region"
    HAVING sum(input."__weight") <> 0
  ) AS input
  CROSS JOIN LATERAL generate_series(1,
    CASE WHEN input."__weight" > 0 THEN input."__weight"::bigint ELSE pgtrickle.refuse_multiplicity(ROW("input"."id", "input"."customer", "input"."id_2", "input"."region")::text) END) AS copy
),
-- what those groups put out now, and what they did
"group_6_delta" AS (
  SELECT 1 AS "__weight", result.*
  FROM (
    SELECT "group_4_present"."region" AS "region_2", "array_agg"("group_4_present"."id" ORDER BY "group_4_present"."id", (("group_4_present"."id")::text COLLATE "C")) AS "array_agg"
    FROM "group_4_present" AS "group_4_present"
    GROUP BY "group_4_present"."region"
  ) AS result
  UNION ALL
  SELECT -1 AS "__weight", result.*
  FROM (
    SELECT "group_5_previous"."region" AS "region_2", "array_agg"("group_5_previous"."id" ORDER BY "group_5_previous"."id", (("group_5_previous"."id")::text COLLATE "C")) AS "array_agg"
    FROM "group_5_previous" AS "group_5_previous"
    GROUP BY "group_5_previous"."region"
  ) AS result
),
-- their expressions
"project_7_delta" AS (
  SELECT input."__weight",
    input."region_2" AS "region",
    input."array_agg" AS "all"
  FROM "group_6_delta" AS input
),
-- one row for each image that changed
"changes" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__change", input.*, hash_record_extended(ROW(input."region", input."all"), 0) AS "__hash"
  FROM (
    SELECT sum(input."__weight") AS "__weight", input."region", input."all"
    FROM "project_7_delta" AS input
    GROUP BY input."region", input."all"
    HAVING sum(input."__weight") <> 0
  ) AS input
),
-- the copies that must go; too few of them fail
"matched" AS MATERIALIZED (
  SELECT stored."__row",
    CASE
      WHEN count(stored."__row") OVER (PARTITION BY change."__change") = -change."__weight"
      THEN -change."__weight"
      ELSE pgtrickle.refuse_multiplicity(ROW(change."region", change."all")::text)
    END AS "__copies"
  FROM "changes" AS change
  LEFT JOIN LATERAL (
    SELECT candidate.ctid AS "__row"
    FROM "pgtrickle_data"."groups_over_join" AS candidate
    WHERE candidate."__hash" = change."__hash" AND record_image_eq(ROW(candidate."region", candidate."all"), ROW(change."region", change."all"))
    LIMIT -change."__weight"
  ) AS stored ON true
  WHERE change."__weight" < 0
),
-- one row for each copy
"deleted" AS (
  DELETE FROM "pgtrickle_data"."groups_over_join" AS stored
  USING matched AS change
  WHERE stored.ctid = change."__row" AND change."__copies" > 0
  RETURNING 1
),
-- copies are never updated
"updated" AS (
  SELECT 1 WHERE false
),
-- one row for each new copy
"inserted" AS (
  INSERT INTO "pgtrickle_data"."groups_over_join" ("region", "all", "__hash")
  SELECT change."region", change."all", change."__hash"
  FROM "changes" AS change
  CROSS JOIN LATERAL generate_series(1, change."__weight") AS copy
  WHERE change."__weight" > 0
  RETURNING 1
)


-- ==== customer changed
WITH
-- rows of public.customer that changed since the stored frontier
"scan_1_delta" AS MATERIALIZED (
  SELECT "weight" AS "__weight", "c1" AS "id_2", "c2" AS "region"
  FROM "pgtrickle_data"."changes_2_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c1" AS "id_2", "c2" AS "region"
  FROM "pgtrickle_data"."changes_2_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  LIMIT 1000
),
-- pairs that come and go
"join_2_delta" AS (
  SELECT "right"."__weight" AS "__weight", "left"."id", "left"."customer", "right"."id_2", "right"."region"
  FROM "scan_1_delta" AS "right"
  JOIN (
    SELECT "orders"."id", "orders"."customer"
    FROM ONLY "public"."orders" AS "orders"
  ) AS "left"
    ON ("right"."id_2" = "left"."customer")
),
-- groups with changes
"group_3_touched" AS MATERIALIZED (
  SELECT DISTINCT *
  FROM (
    SELECT "input"."region" AS "__key_1"
    FROM "join_2_delta" AS input
  ) AS keys
),
-- the rows of those groups
"group_4_present" AS MATERIALIZED (
  SELECT "input"."id", "input"."customer", "input"."id_2", "input"."region"
  FROM "group_3_touched" AS touched
  JOIN (
    SELECT "orders"."id", "orders"."customer", "customer"."id" AS "id_2", "customer"."region"
    FROM ONLY "public"."orders" AS "orders"
    JOIN ONLY "public"."customer" AS "customer"
      ON ("customer"."id" = "orders"."customer")
  ) AS "input"
    ON ("input"."region") = touched."__key_1"
  UNION ALL
  SELECT "input"."id", "input"."customer", "input"."id_2", "input"."region"
  FROM "group_3_touched" AS touched
  JOIN (
    SELECT "orders"."id", "orders"."customer", "customer"."id" AS "id_2", "customer"."region"
    FROM ONLY "public"."orders" AS "orders"
    JOIN ONLY "public"."customer" AS "customer"
      ON ("customer"."id" = "orders"."customer")
  ) AS "input"
    ON hash_record_extended(ROW("input"."region"), 0) = hash_record_extended(ROW(touched."__key_1"), 0)
    AND (("input"."region") = touched."__key_1" OR (("input"."region") IS NOT DISTINCT FROM NULL AND touched."__key_1" IS NOT DISTINCT FROM NULL))
  WHERE touched."__key_1" IS NOT DISTINCT FROM NULL
),
-- the same with the changes taken back
"group_5_previous" AS MATERIALIZED (
  SELECT "input"."id", "input"."customer", "input"."id_2", "input"."region"
  FROM (
    SELECT sum(input."__weight") AS "__weight", input."id", input."customer", input."id_2", input."region"
    FROM (
      SELECT 1 AS "__weight", "input"."id", "input"."customer", "input"."id_2", "input"."region"
      FROM "group_4_present" AS input
      UNION ALL
      SELECT -input."__weight", "input"."id", "input"."customer", "input"."id_2", "input"."region"
      FROM "join_2_delta" AS input
    ) AS input
    GROUP BY input."id", input."customer", input."id_2", input."region"
    HAVING sum(input."__weight") <> 0
  ) AS input
  CROSS JOIN LATERAL generate_series(1,
    CASE WHEN input."__weight" > 0 THEN input."__weight"::bigint ELSE pgtrickle.refuse_multiplicity(ROW("input"."id", "input"."customer", "input"."id_2", "input"."region")::text) END) AS copy
),
-- what those groups put out now, and what they did
"group_6_delta" AS (
  SELECT 1 AS "__weight", result.*
  FROM (
    SELECT "group_4_present"."region" AS "region_2", "array_agg"("group_4_present"."id" ORDER BY "group_4_present"."id", (("group_4_present"."id")::text COLLATE "C")) AS "array_agg"
    FROM "group_4_present" AS "group_4_present"
    GROUP BY "group_4_present"."region"
  ) AS result
  UNION ALL
  SELECT -1 AS "__weight", result.*
  FROM (
    SELECT "group_5_previous"."region" AS "region_2", "array_agg"("group_5_previous"."id" ORDER BY "group_5_previous"."id", (("group_5_previous"."id")::text COLLATE "C")) AS "array_agg"
    FROM "group_5_previous" AS "group_5_previous"
    GROUP BY "group_5_previous"."region"
  ) AS result
),
-- their expressions
"project_7_delta" AS (
  SELECT input."__weight",
    input."region_2" AS "region",
    input."array_agg" AS "all"
  FROM "group_6_delta" AS input
),
-- one row for each image that changed
"changes" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__change", input.*, hash_record_extended(ROW(input."region", input."all"), 0) AS "__hash"
  FROM (
    SELECT sum(input."__weight") AS "__weight", input."region", input."all"
    FROM "project_7_delta" AS input
    GROUP BY input."region", input."all"
    HAVING sum(input."__weight") <> 0
  ) AS input
),
-- the copies that must go; too few of them fail
"matched" AS MATERIALIZED (
  SELECT stored."__row",
    CASE
      WHEN count(stored."__row") OVER (PARTITION BY change."__change") = -change."__weight"
      THEN -change."__weight"
      ELSE pgtrickle.refuse_multiplicity(ROW(change."region", change."all")::text)
    END AS "__copies"
  FROM "changes" AS change
  LEFT JOIN LATERAL (
    SELECT candidate.ctid AS "__row"
    FROM "pgtrickle_data"."groups_over_join" AS candidate
    WHERE candidate."__hash" = change."__hash" AND record_image_eq(ROW(candidate."region", candidate."all"), ROW(change."region", change."all"))
    LIMIT -change."__weight"
  ) AS stored ON true
  WHERE change."__weight" < 0
),
-- one row for each copy
"deleted" AS (
  DELETE FROM "pgtrickle_data"."groups_over_join" AS stored
  USING matched AS change
  WHERE stored.ctid = change."__row" AND change."__copies" > 0
  RETURNING 1
),
-- copies are never updated
"updated" AS (
  SELECT 1 WHERE false
),
-- one row for each new copy
"inserted" AS (
  INSERT INTO "pgtrickle_data"."groups_over_join" ("region", "all", "__hash")
  SELECT change."region", change."all", change."__hash"
  FROM "changes" AS change
  CROSS JOIN LATERAL generate_series(1, change."__weight") AS copy
  WHERE change."__weight" > 0
  RETURNING 1
)


-- ==== both changed
WITH
-- rows of public.orders that changed since the stored frontier
"scan_1_delta" AS MATERIALIZED (
  SELECT "weight" AS "__weight", "c1" AS "id", "c2" AS "customer"
  FROM "pgtrickle_data"."changes_1_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c1" AS "id", "c2" AS "customer"
  FROM "pgtrickle_data"."changes_1_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  LIMIT 1000
),
-- rows of public.customer that changed since the stored frontier
"scan_2_delta" AS MATERIALIZED (
  SELECT "weight" AS "__weight", "c1" AS "id_2", "c2" AS "region"
  FROM "pgtrickle_data"."changes_2_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c1" AS "id_2", "c2" AS "region"
  FROM "pgtrickle_data"."changes_2_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  LIMIT 1000
),
-- pairs that come and go
"join_3_delta" AS (
  SELECT "left"."__weight" AS "__weight", "left"."id", "left"."customer", "right"."id_2", "right"."region"
  FROM "scan_1_delta" AS "left"
  JOIN (
    SELECT "customer"."id" AS "id_2", "customer"."region"
    FROM ONLY "public"."customer" AS "customer"
  ) AS "right"
    ON ("right"."id_2" = "left"."customer")
  UNION ALL
  SELECT "right"."__weight" AS "__weight", "left"."id", "left"."customer", "right"."id_2", "right"."region"
  FROM "scan_2_delta" AS "right"
  JOIN (
    SELECT "orders"."id", "orders"."customer"
    FROM ONLY "public"."orders" AS "orders"
  ) AS "left"
    ON ("right"."id_2" = "left"."customer")
  UNION ALL
  SELECT -"left"."__weight" * "right"."__weight" AS "__weight", "left"."id", "left"."customer", "right"."id_2", "right"."region"
  FROM "scan_1_delta" AS "left"
  JOIN "scan_2_delta" AS "right"
    ON ("right"."id_2" = "left"."customer")
),
-- groups with changes
"group_4_touched" AS MATERIALIZED (
  SELECT DISTINCT *
  FROM (
    SELECT "input"."region" AS "__key_1"
    FROM "join_3_delta" AS input
  ) AS keys
),
-- the rows of those groups
"group_5_present" AS MATERIALIZED (
  SELECT "input"."id", "input"."customer", "input"."id_2", "input"."region"
  FROM "group_4_touched" AS touched
  JOIN (
    SELECT "orders"."id", "orders"."customer", "customer"."id" AS "id_2", "customer"."region"
    FROM ONLY "public"."orders" AS "orders"
    JOIN ONLY "public"."customer" AS "customer"
      ON ("customer"."id" = "orders"."customer")
  ) AS "input"
    ON ("input"."region") = touched."__key_1"
  UNION ALL
  SELECT "input"."id", "input"."customer", "input"."id_2", "input"."region"
  FROM "group_4_touched" AS touched
  JOIN (
    SELECT "orders"."id", "orders"."customer", "customer"."id" AS "id_2", "customer"."region"
    FROM ONLY "public"."orders" AS "orders"
    JOIN ONLY "public"."customer" AS "customer"
      ON ("customer"."id" = "orders"."customer")
  ) AS "input"
    ON hash_record_extended(ROW("input"."region"), 0) = hash_record_extended(ROW(touched."__key_1"), 0)
    AND (("input"."region") = touched."__key_1" OR (("input"."region") IS NOT DISTINCT FROM NULL AND touched."__key_1" IS NOT DISTINCT FROM NULL))
  WHERE touched."__key_1" IS NOT DISTINCT FROM NULL
),
-- the same with the changes taken back
"group_6_previous" AS MATERIALIZED (
  SELECT "input"."id", "input"."customer", "input"."id_2", "input"."region"
  FROM (
    SELECT sum(input."__weight") AS "__weight", input."id", input."customer", input."id_2", input."region"
    FROM (
      SELECT 1 AS "__weight", "input"."id", "input"."customer", "input"."id_2", "input"."region"
      FROM "group_5_present" AS input
      UNION ALL
      SELECT -input."__weight", "input"."id", "input"."customer", "input"."id_2", "input"."region"
      FROM "join_3_delta" AS input
    ) AS input
    GROUP BY input."id", input."customer", input."id_2", input."region"
    HAVING sum(input."__weight") <> 0
  ) AS input
  CROSS JOIN LATERAL generate_series(1,
    CASE WHEN input."__weight" > 0 THEN input."__weight"::bigint ELSE pgtrickle.refuse_multiplicity(ROW("input"."id", "input"."customer", "input"."id_2", "input"."region")::text) END) AS copy
),
-- what those groups put out now, and what they did
"group_7_delta" AS (
  SELECT 1 AS "__weight", result.*
  FROM (
    SELECT "group_5_present"."region" AS "region_2", "array_agg"("group_5_present"."id" ORDER BY "group_5_present"."id", (("group_5_present"."id")::text COLLATE "C")) AS "array_agg"
    FROM "group_5_present" AS "group_5_present"
    GROUP BY "group_5_present"."region"
  ) AS result
  UNION ALL
  SELECT -1 AS "__weight", result.*
  FROM (
    SELECT "group_6_previous"."region" AS "region_2", "array_agg"("group_6_previous"."id" ORDER BY "group_6_previous"."id", (("group_6_previous"."id")::text COLLATE "C")) AS "array_agg"
    FROM "group_6_previous" AS "group_6_previous"
    GROUP BY "group_6_previous"."region"
  ) AS result
),
-- their expressions
"project_8_delta" AS (
  SELECT input."__weight",
    input."region_2" AS "region",
    input."array_agg" AS "all"
  FROM "group_7_delta" AS input
),
-- one row for each image that changed
"changes" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__change", input.*, hash_record_extended(ROW(input."region", input."all"), 0) AS "__hash"
  FROM (
    SELECT sum(input."__weight") AS "__weight", input."region", input."all"
    FROM "project_8_delta" AS input
    GROUP BY input."region", input."all"
    HAVING sum(input."__weight") <> 0
  ) AS input
),
-- the copies that must go; too few of them fail
"matched" AS MATERIALIZED (
  SELECT stored."__row",
    CASE
      WHEN count(stored."__row") OVER (PARTITION BY change."__change") = -change."__weight"
      THEN -change."__weight"
      ELSE pgtrickle.refuse_multiplicity(ROW(change."region", change."all")::text)
    END AS "__copies"
  FROM "changes" AS change
  LEFT JOIN LATERAL (
    SELECT candidate.ctid AS "__row"
    FROM "pgtrickle_data"."groups_over_join" AS candidate
    WHERE candidate."__hash" = change."__hash" AND record_image_eq(ROW(candidate."region", candidate."all"), ROW(change."region", change."all"))
    LIMIT -change."__weight"
  ) AS stored ON true
  WHERE change."__weight" < 0
),
-- one row for each copy
"deleted" AS (
  DELETE FROM "pgtrickle_data"."groups_over_join" AS stored
  USING matched AS change
  WHERE stored.ctid = change."__row" AND change."__copies" > 0
  RETURNING 1
),
-- copies are never updated
"updated" AS (
  SELECT 1 WHERE false
),
-- one row for each new copy
"inserted" AS (
  INSERT INTO "pgtrickle_data"."groups_over_join" ("region", "all", "__hash")
  SELECT change."region", change."all", change."__hash"
  FROM "changes" AS change
  CROSS JOIN LATERAL generate_series(1, change."__weight") AS copy
  WHERE change."__weight" > 0
  RETURNING 1
)
