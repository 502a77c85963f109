-- SELECT id FROM public.customer EXCEPT ALL SELECT customer FROM public.orders

-- ==== orders changed
WITH
-- rows of public.orders that changed since the stored frontier
"scan_1_delta" AS MATERIALIZED (
  SELECT "weight" AS "__weight", "c2" AS "customer"
  FROM "pgtrickle_data"."changes_1_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c2" AS "customer"
  FROM "pgtrickle_data"."changes_1_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  LIMIT 1000
),
-- their expressions
"project_2_delta" AS (
  SELECT input."__weight",
    input."customer" AS "customer"
  FROM "scan_1_delta" AS input
),
-- groups with changes
"set_3_touched" AS MATERIALIZED (
  SELECT DISTINCT *
  FROM (
    SELECT "input"."customer" AS "__key_1"
    FROM "project_2_delta" AS input
  ) AS keys
),
-- the rows of those groups
"set_4_present" AS MATERIALIZED (
  SELECT "input"."id"
  FROM "set_3_touched" AS touched
  JOIN (
    SELECT "customer"."id"
    FROM ONLY "public"."customer" AS "customer"
  ) AS "input"
    ON ("input"."id") = touched."__key_1"
),
-- the rows of those groups
"set_5_present" AS MATERIALIZED (
  SELECT "input"."customer"
  FROM "set_3_touched" AS touched
  JOIN (
    SELECT "orders"."customer"
    FROM ONLY "public"."orders" AS "orders"
  ) AS "input"
    ON ("input"."customer") = touched."__key_1"
  UNION ALL
  SELECT "input"."customer"
  FROM "set_3_touched" AS touched
  JOIN (
    SELECT "orders"."customer"
    FROM ONLY "public"."orders" AS "orders"
  ) AS "input"
    ON hash_record_extended(ROW("input"."customer"), 0) = hash_record_extended(ROW(touched."__key_1"), 0)
    AND (("input"."customer") = touched."__key_1" OR (("input"."customer") IS NOT DISTINCT FROM NULL AND touched."__key_1" IS NOT DISTINCT FROM NULL))
  WHERE touched."__key_1" IS NOT DISTINCT FROM NULL
),
-- the same with the changes taken back
"set_6_previous" AS MATERIALIZED (
  SELECT "input"."customer"
  FROM (
    SELECT sum(input."__weight") AS "__weight", input."customer"
    FROM (
      SELECT 1 AS "__weight", "input"."customer"
      FROM "set_5_present" AS input
      UNION ALL
      SELECT -input."__weight", "input"."customer"
      FROM "project_2_delta" AS input
    ) AS input
    GROUP BY input."customer"
    HAVING sum(input."__weight") <> 0
  ) AS input
  CROSS JOIN LATERAL generate_series(1,
    CASE WHEN input."__weight" > 0 THEN input."__weight"::bigint ELSE pgtrickle.refuse_multiplicity(ROW("input"."customer")::text) END) AS copy
),
-- what those groups put out now, and what they did
"set_7_delta" AS (
  SELECT 1 AS "__weight", result.*
  FROM (
    SELECT "set_4_present"."id" AS "id_2"
    FROM "set_4_present" AS "set_4_present"
    EXCEPT ALL
    SELECT "set_5_present"."customer" AS "id_2"
    FROM "set_5_present" AS "set_5_present"
  ) AS result
  UNION ALL
  SELECT -1 AS "__weight", result.*
  FROM (
    SELECT "set_4_present"."id" AS "id_2"
    FROM "set_4_present" AS "set_4_present"
    EXCEPT ALL
    SELECT "set_6_previous"."customer" AS "id_2"
    FROM "set_6_previous" AS "set_6_previous"
  ) AS result
),
-- their expressions
"project_8_delta" AS (
  SELECT input."__weight",
    input."id_2" AS "id"
  FROM "set_7_delta" AS input
),
-- one row for each image that changed
"changes" AS (
  SELECT input."__weight", input."id",
    sum(greatest(input."__weight", 0)) OVER same_key AS "__added",
    sum(greatest(-input."__weight", 0)) OVER same_key AS "__removed"
  FROM (
    SELECT sum(input."__weight") AS "__weight", input."id"
    FROM "project_8_delta" AS input
    GROUP BY input."id"
    HAVING sum(input."__weight") <> 0
  ) AS input
  WINDOW same_key AS (PARTITION BY input."id")
),
-- each with its stored row; what does not fit it fails
"matched" AS MATERIALIZED (
  SELECT stored.ctid AS "__row", change."__added", change."id",
    CASE
      WHEN change."__added" <= 1
        AND change."__removed" = CASE WHEN stored.ctid IS NULL THEN 0 ELSE 1 END
        AND (change."__weight" > 0 OR record_image_eq(ROW(stored."id"), ROW(change."id")))
      THEN change."__weight"
      ELSE pgtrickle.refuse_multiplicity(ROW(change."id")::text)
    END AS "__checked"
  FROM "changes" AS change
  LEFT JOIN LATERAL (
    SELECT stored.ctid AS "ctid", stored.*
    FROM "pgtrickle_data"."except_all" AS stored
    WHERE stored."id" = change."id"
    OFFSET 0
  ) AS stored ON true
),
-- keys that are gone
"deleted" AS (
  DELETE FROM "pgtrickle_data"."except_all" AS stored
  USING matched AS change
  WHERE stored.ctid = change."__row" AND change."__checked" < 0 AND change."__added" = 0
  RETURNING 1
),
-- keys that look different
"updated" AS (
  UPDATE "pgtrickle_data"."except_all" AS stored
  SET "id" = change."id"
  FROM matched AS change
  WHERE stored.ctid = change."__row" AND change."__checked" > 0
  RETURNING 1
),
-- new keys
"inserted" AS (
  INSERT INTO "pgtrickle_data"."except_all" ("id")
  SELECT change."id"
  FROM matched AS change
  WHERE change."__checked" > 0 AND change."__row" IS NULL
  RETURNING 1
)


-- ==== customer changed
WITH
-- rows of public.customer that changed since the stored frontier
"scan_1_delta" AS MATERIALIZED (
  SELECT "weight" AS "__weight", "c1" AS "id"
  FROM "pgtrickle_data"."changes_2_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c1" AS "id"
  FROM "pgtrickle_data"."changes_2_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  LIMIT 1000
),
-- their expressions
"project_2_delta" AS (
  SELECT input."__weight",
    input."id" AS "id"
  FROM "scan_1_delta" AS input
),
-- groups with changes
"set_3_touched" AS MATERIALIZED (
  SELECT DISTINCT *
  FROM (
    SELECT "input"."id" AS "__key_1"
    FROM "project_2_delta" AS input
  ) AS keys
),
-- the rows of those groups
"set_4_present" AS MATERIALIZED (
  SELECT "input"."id"
  FROM "set_3_touched" AS touched
  JOIN (
    SELECT "customer"."id"
    FROM ONLY "public"."customer" AS "customer"
  ) AS "input"
    ON ("input"."id") = touched."__key_1"
),
-- the same with the changes taken back
"set_5_previous" AS MATERIALIZED (
  SELECT "input"."id"
  FROM (
    SELECT sum(input."__weight") AS "__weight", input."id"
    FROM (
      SELECT 1 AS "__weight", "input"."id"
      FROM "set_4_present" AS input
      UNION ALL
      SELECT -input."__weight", "input"."id"
      FROM "project_2_delta" AS input
    ) AS input
    GROUP BY input."id"
    HAVING sum(input."__weight") <> 0
  ) AS input
  CROSS JOIN LATERAL generate_series(1,
    CASE WHEN input."__weight" > 0 THEN input."__weight"::bigint ELSE pgtrickle.refuse_multiplicity(ROW("input"."id")::text) END) AS copy
),
-- the rows of those groups
"set_6_present" AS MATERIALIZED (
  SELECT "input"."customer"
  FROM "set_3_touched" AS touched
  JOIN (
    SELECT "orders"."customer"
    FROM ONLY "public"."orders" AS "orders"
  ) AS "input"
    ON ("input"."customer") = touched."__key_1"
  UNION ALL
  SELECT "input"."customer"
  FROM "set_3_touched" AS touched
  JOIN (
    SELECT "orders"."customer"
    FROM ONLY "public"."orders" AS "orders"
  ) AS "input"
    ON hash_record_extended(ROW("input"."customer"), 0) = hash_record_extended(ROW(touched."__key_1"), 0)
    AND (("input"."customer") = touched."__key_1" OR (("input"."customer") IS NOT DISTINCT FROM NULL AND touched."__key_1" IS NOT DISTINCT FROM NULL))
  WHERE touched."__key_1" IS NOT DISTINCT FROM NULL
),
-- what those groups put out now, and what they did
"set_7_delta" AS (
  SELECT 1 AS "__weight", result.*
  FROM (
    SELECT "set_4_present"."id" AS "id_2"
    FROM "set_4_present" AS "set_4_present"
    EXCEPT ALL
    SELECT "set_6_present"."customer" AS "id_2"
    FROM "set_6_present" AS "set_6_present"
  ) AS result
  UNION ALL
  SELECT -1 AS "__weight", result.*
  FROM (
    SELECT "set_5_previous"."id" AS "id_2"
    FROM "set_5_previous" AS "set_5_previous"
    EXCEPT ALL
    SELECT "set_6_present"."customer" AS "id_2"
    FROM "set_6_present" AS "set_6_present"
  ) AS result
),
-- their expressions
"project_8_delta" AS (
  SELECT input."__weight",
    input."id_2" AS "id"
  FROM "set_7_delta" AS input
),
-- one row for each image that changed
"changes" AS (
  SELECT input."__weight", input."id",
    sum(greatest(input."__weight", 0)) OVER same_key AS "__added",
    sum(greatest(-input."__weight", 0)) OVER same_key AS "__removed"
  FROM (
    SELECT sum(input."__weight") AS "__weight", input."id"
    FROM "project_8_delta" AS input
    GROUP BY input."id"
    HAVING sum(input."__weight") <> 0
  ) AS input
  WINDOW same_key AS (PARTITION BY input."id")
),
-- each with its stored row; what does not fit it fails
"matched" AS MATERIALIZED (
  SELECT stored.ctid AS "__row", change."__added", change."id",
    CASE
      WHEN change."__added" <= 1
        AND change."__removed" = CASE WHEN stored.ctid IS NULL THEN 0 ELSE 1 END
        AND (change."__weight" > 0 OR record_image_eq(ROW(stored."id"), ROW(change."id")))
      THEN change."__weight"
      ELSE pgtrickle.refuse_multiplicity(ROW(change."id")::text)
    END AS "__checked"
  FROM "changes" AS change
  LEFT JOIN LATERAL (
    SELECT stored.ctid AS "ctid", stored.*
    FROM "pgtrickle_data"."except_all" AS stored
    WHERE stored."id" = change."id"
    OFFSET 0
  ) AS stored ON true
),
-- keys that are gone
"deleted" AS (
  DELETE FROM "pgtrickle_data"."except_all" AS stored
  USING matched AS change
  WHERE stored.ctid = change."__row" AND change."__checked" < 0 AND change."__added" = 0
  RETURNING 1
),
-- keys that look different
"updated" AS (
  UPDATE "pgtrickle_data"."except_all" AS stored
  SET "id" = change."id"
  FROM matched AS change
  WHERE stored.ctid = change."__row" AND change."__checked" > 0
  RETURNING 1
),
-- new keys
"inserted" AS (
  INSERT INTO "pgtrickle_data"."except_all" ("id")
  SELECT change."id"
  FROM matched AS change
  WHERE change."__checked" > 0 AND change."__row" IS NULL
  RETURNING 1
)


-- ==== both changed
WITH
-- rows of public.customer that changed since the stored frontier
"scan_1_delta" AS MATERIALIZED (
  SELECT "weight" AS "__weight", "c1" AS "id"
  FROM "pgtrickle_data"."changes_2_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c1" AS "id"
  FROM "pgtrickle_data"."changes_2_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  LIMIT 1000
),
-- their expressions
"project_2_delta" AS (
  SELECT input."__weight",
    input."id" AS "id"
  FROM "scan_1_delta" AS input
),
-- rows of public.orders that changed since the stored frontier
"scan_3_delta" AS MATERIALIZED (
  SELECT "weight" AS "__weight", "c2" AS "customer"
  FROM "pgtrickle_data"."changes_1_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c2" AS "customer"
  FROM "pgtrickle_data"."changes_1_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  LIMIT 1000
),
-- their expressions
"project_4_delta" AS (
  SELECT input."__weight",
    input."customer" AS "customer"
  FROM "scan_3_delta" AS input
),
-- groups with changes
"set_5_touched" AS MATERIALIZED (
  SELECT DISTINCT *
  FROM (
    SELECT "input"."id" AS "__key_1"
    FROM "project_2_delta" AS input
    UNION ALL
    SELECT "input"."customer" AS "__key_1"
    FROM "project_4_delta" AS input
  ) AS keys
),
-- the rows of those groups
"set_6_present" AS MATERIALIZED (
  SELECT "input"."id"
  FROM "set_5_touched" AS touched
  JOIN (
    SELECT "customer"."id"
    FROM ONLY "public"."customer" AS "customer"
  ) AS "input"
    ON ("input"."id") = touched."__key_1"
),
-- the same with the changes taken back
"set_7_previous" AS MATERIALIZED (
  SELECT "input"."id"
  FROM (
    SELECT sum(input."__weight") AS "__weight", input."id"
    FROM (
      SELECT 1 AS "__weight", "input"."id"
      FROM "set_6_present" AS input
      UNION ALL
      SELECT -input."__weight", "input"."id"
      FROM "project_2_delta" AS input
    ) AS input
    GROUP BY input."id"
    HAVING sum(input."__weight") <> 0
  ) AS input
  CROSS JOIN LATERAL generate_series(1,
    CASE WHEN input."__weight" > 0 THEN input."__weight"::bigint ELSE pgtrickle.refuse_multiplicity(ROW("input"."id")::text) END) AS copy
),
-- the rows of those groups
"set_8_present" AS MATERIALIZED (
  SELECT "input"."customer"
  FROM "set_5_touched" AS touched
  JOIN (
    SELECT "orders"."customer"
    FROM ONLY "public"."orders" AS "orders"
  ) AS "input"
    ON ("input"."customer") = touched."__key_1"
  UNION ALL
  SELECT "input"."customer"
  FROM "set_5_touched" AS touched
  JOIN (
    SELECT "orders"."customer"
    FROM ONLY "public"."orders" AS "orders"
  ) AS "input"
    ON hash_record_extended(ROW("input"."customer"), 0) = hash_record_extended(ROW(touched."__key_1"), 0)
    AND (("input"."customer") = touched."__key_1" OR (("input"."customer") IS NOT DISTINCT FROM NULL AND touched."__key_1" IS NOT DISTINCT FROM NULL))
  WHERE touched."__key_1" IS NOT DISTINCT FROM NULL
),
-- the same with the changes taken back
"set_9_previous" AS MATERIALIZED (
  SELECT "input"."customer"
  FROM (
    SELECT sum(input."__weight") AS "__weight", input."customer"
    FROM (
      SELECT 1 AS "__weight", "input"."customer"
      FROM "set_8_present" AS input
      UNION ALL
      SELECT -input."__weight", "input"."customer"
      FROM "project_4_delta" AS input
    ) AS input
    GROUP BY input."customer"
    HAVING sum(input."__weight") <> 0
  ) AS input
  CROSS JOIN LATERAL generate_series(1,
    CASE WHEN input."__weight" > 0 THEN input."__weight"::bigint ELSE pgtrickle.refuse_multiplicity(ROW("input"."customer")::text) END) AS copy
),
-- what those groups put out now, and what they did
"set_10_delta" AS (
  SELECT 1 AS "__weight", result.*
  FROM (
    SELECT "set_6_present"."id" AS "id_2"
    FROM "set_6_present" AS "set_6_present"
    EXCEPT ALL
    SELECT "set_8_present"."customer" AS "id_2"
    FROM "set_8_present" AS "set_8_present"
  ) AS result
  UNION ALL
  SELECT -1 AS "__weight", result.*
  FROM (
    SELECT "set_7_previous"."id" AS "id_2"
    FROM "set_7_previous" AS "set_7_previous"
    EXCEPT ALL
    SELECT "set_9_previous"."customer" AS "id_2"
    FROM "set_9_previous" AS "set_9_previous"
  ) AS result
),
-- their expressions
"project_11_delta" AS (
  SELECT input."__weight",
    input."id_2" AS "id"
  FROM "set_10_delta" AS input
),
-- one row for each image that changed
"changes" AS (
  SELECT input."__weight", input."id",
    sum(greatest(input."__weight", 0)) OVER same_key AS "__added",
    sum(greatest(-input."__weight", 0)) OVER same_key AS "__removed"
  FROM (
    SELECT sum(input."__weight") AS "__weight", input."id"
    FROM "project_11_delta" AS input
    GROUP BY input."id"
    HAVING sum(input."__weight") <> 0
  ) AS input
  WINDOW same_key AS (PARTITION BY input."id")
),
-- each with its stored row; what does not fit it fails
"matched" AS MATERIALIZED (
  SELECT stored.ctid AS "__row", change."__added", change."id",
    CASE
      WHEN change."__added" <= 1
        AND change."__removed" = CASE WHEN stored.ctid IS NULL THEN 0 ELSE 1 END
        AND (change."__weight" > 0 OR record_image_eq(ROW(stored."id"), ROW(change."id")))
      THEN change."__weight"
      ELSE pgtrickle.refuse_multiplicity(ROW(change."id")::text)
    END AS "__checked"
  FROM "changes" AS change
  LEFT JOIN LATERAL (
    SELECT stored.ctid AS "ctid", stored.*
    FROM "pgtrickle_data"."except_all" AS stored
    WHERE stored."id" = change."id"
    OFFSET 0
  ) AS stored ON true
),
-- keys that are gone
"deleted" AS (
  DELETE FROM "pgtrickle_data"."except_all" AS stored
  USING matched AS change
  WHERE stored.ctid = change."__row" AND change."__checked" < 0 AND change."__added" = 0
  RETURNING 1
),
-- keys that look different
"updated" AS (
  UPDATE "pgtrickle_data"."except_all" AS stored
  SET "id" = change."id"
  FROM matched AS change
  WHERE stored.ctid = change."__row" AND change."__checked" > 0
  RETURNING 1
),
-- new keys
"inserted" AS (
  INSERT INTO "pgtrickle_data"."except_all" ("id")
  SELECT change."id"
  FROM matched AS change
  WHERE change."__checked" > 0 AND change."__row" IS NULL
  RETURNING 1
)
