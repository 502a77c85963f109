-- SELECT customer, payload, amount FROM public.orders WHERE payload ? 'a'

-- ==== createStorage
CREATE TABLE "pgtrickle_data"."projection_with_images" (
  "customer" integer,
  "payload" "jsonb",
  "amount" numeric(12,2),
  "__hash" bigint NOT NULL
);
CREATE INDEX "projection_with_images_key" ON "pgtrickle_data"."projection_with_images" ("__hash");

-- ==== initialLoad
WITH
-- an empty table has no rows to delete
"deleted" AS (
  SELECT 1 WHERE false
),
-- nor to update
"updated" AS (
  SELECT 1 WHERE false
),
-- the whole result
"inserted" AS (
  INSERT INTO "pgtrickle_data"."projection_with_images" ("customer", "payload", "amount", "__hash")
  SELECT change."customer", change."payload", change."amount", change."__hash"
  FROM (
    SELECT hash_record_extended(ROW(input."customer", input."payload", input."amount"), 0) AS "__hash", true AS "__present", input.*
    FROM (
      SELECT input."customer", input."payload", input."amount"
      FROM ONLY "public"."orders" AS input
      WHERE (input."payload" ?? 'a'::"text")
    ) AS input
  ) AS change
  RETURNING 1
)

-- ==== smallDelta
WITH
-- rows of public.orders that changed since the stored frontier
"scan_1_delta" AS MATERIALIZED (
  SELECT "weight" AS "__weight", "c2" AS "customer", "c4" AS "amount", "c6" AS "payload"
  FROM "pgtrickle_data"."changes_7_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c2" AS "customer", "c4" AS "amount", "c6" AS "payload"
  FROM "pgtrickle_data"."changes_7_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  LIMIT 1000
),
-- those that pass the WHERE clause
"filter_2_delta" AS (
  SELECT input."__weight", input."customer", input."amount", input."payload"
  FROM "scan_1_delta" AS input
  WHERE (input."payload" ?? 'a'::"text")
),
-- their expressions
"project_3_delta" AS (
  SELECT input."__weight",
    input."customer" AS "customer",
    input."payload" AS "payload",
    input."amount" AS "amount"
  FROM "filter_2_delta" AS input
),
-- one row for each image that changed
"changes" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__change", input.*, hash_record_extended(ROW(input."customer", input."payload", input."amount"), 0) AS "__hash"
  FROM (
    SELECT input."__weight", input."customer", input."payload", input."amount"
    FROM (
      SELECT sum(input."__weight") OVER image AS "__weight", row_number() OVER image AS "__nth", input."customer", input."payload", input."amount"
      FROM "project_3_delta" AS input
      WINDOW image AS (PARTITION BY input."customer", "pg_catalog"."jsonb_send"(input."payload"), "pg_catalog"."numeric_send"(input."amount"))
    ) AS input
    WHERE input."__nth" = 1 AND input."__weight" <> 0
  ) AS input
),
-- the copies that must go; too few of them fail
"matched" AS MATERIALIZED (
  SELECT stored."__row",
    CASE
      WHEN count(stored."__row") OVER (PARTITION BY change."__change") = -change."__weight"
      THEN -change."__weight"
      ELSE pgtrickle.refuse_multiplicity(ROW(change."customer", change."payload", change."amount")::text)
    END AS "__copies"
  FROM "changes" AS change
  LEFT JOIN LATERAL (
    SELECT candidate.ctid AS "__row"
    FROM "pgtrickle_data"."projection_with_images" AS candidate
    WHERE candidate."__hash" = change."__hash" AND record_image_eq(ROW(candidate."customer", candidate."payload", candidate."amount"), ROW(change."customer", change."payload", change."amount"))
    LIMIT -change."__weight"
  ) AS stored ON true
  WHERE change."__weight" < 0
),
-- one row for each copy
"deleted" AS (
  DELETE FROM "pgtrickle_data"."projection_with_images" AS stored
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
  INSERT INTO "pgtrickle_data"."projection_with_images" ("customer", "payload", "amount", "__hash")
  SELECT change."customer", change."payload", change."amount", change."__hash"
  FROM "changes" AS change
  CROSS JOIN LATERAL generate_series(1, change."__weight") AS copy
  WHERE change."__weight" > 0
  RETURNING 1
)

-- ==== largeDelta
CREATE TEMPORARY TABLE "changes_7_of_projection_with_images" ON COMMIT DROP AS
SELECT "__weight", "customer", "amount", "payload"
FROM (
  SELECT "weight" AS "__weight", "c2" AS "customer", "c4" AS "amount", "c6" AS "payload"
  FROM "pgtrickle_data"."changes_7_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c2" AS "customer", "c4" AS "amount", "c6" AS "payload"
  FROM "pgtrickle_data"."changes_7_1_a"
  WHERE "marker" = -1 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
    AND EXISTS (SELECT FROM "pgtrickle_data"."changes_7_1_a" WHERE "marker" = 4 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot))
  UNION ALL
  SELECT "weight" AS "__weight", "c2" AS "customer", "c4" AS "amount", "c6" AS "payload"
  FROM "pgtrickle_data"."changes_7_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c2" AS "customer", "c4" AS "amount", "c6" AS "payload"
  FROM "pgtrickle_data"."changes_7_1_b"
  WHERE "marker" = -1 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
    AND EXISTS (SELECT FROM "pgtrickle_data"."changes_7_1_b" WHERE "marker" = 4 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot))
  OFFSET 0
) AS input
WHERE (input."payload" ?? 'a'::"text");
ANALYZE pg_temp."changes_7_of_projection_with_images";
WITH
-- rows of public.orders that changed since the stored frontier
"scan_1_delta" AS (
  SELECT "__weight", "customer", "amount", "payload"
  FROM pg_temp."changes_7_of_projection_with_images"
),
-- their expressions
"project_2_delta" AS (
  SELECT input."__weight",
    input."customer" AS "customer",
    input."payload" AS "payload",
    input."amount" AS "amount"
  FROM "scan_1_delta" AS input
),
-- one row for each image that changed
"changes" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__change", input.*, hash_record_extended(ROW(input."customer", input."payload", input."amount"), 0) AS "__hash"
  FROM (
    SELECT input."__weight", input."customer", input."payload", input."amount"
    FROM (
      SELECT sum(input."__weight") OVER image AS "__weight", row_number() OVER image AS "__nth", input."customer", input."payload", input."amount"
      FROM "project_2_delta" AS input
      WINDOW image AS (PARTITION BY input."customer", "pg_catalog"."jsonb_send"(input."payload"), "pg_catalog"."numeric_send"(input."amount"))
    ) AS input
    WHERE input."__nth" = 1 AND input."__weight" <> 0
  ) AS input
),
-- the copies that must go; too few of them fail
"matched" AS MATERIALIZED (
  SELECT stored."__row",
    CASE
      WHEN count(stored."__row") OVER (PARTITION BY change."__change") = -change."__weight"
      THEN -change."__weight"
      ELSE pgtrickle.refuse_multiplicity(ROW(change."customer", change."payload", change."amount")::text)
    END AS "__copies"
  FROM "changes" AS change
  LEFT JOIN LATERAL (
    SELECT candidate.ctid AS "__row"
    FROM "pgtrickle_data"."projection_with_images" AS candidate
    WHERE candidate."__hash" = change."__hash" AND record_image_eq(ROW(candidate."customer", candidate."payload", candidate."amount"), ROW(change."customer", change."payload", change."amount"))
    LIMIT -change."__weight"
  ) AS stored ON true
  WHERE change."__weight" < 0
),
-- one row for each copy
"deleted" AS (
  DELETE FROM "pgtrickle_data"."projection_with_images" AS stored
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
  INSERT INTO "pgtrickle_data"."projection_with_images" ("customer", "payload", "amount", "__hash")
  SELECT change."customer", change."payload", change."amount", change."__hash"
  FROM "changes" AS change
  CROSS JOIN LATERAL generate_series(1, change."__weight") AS copy
  WHERE change."__weight" > 0
  RETURNING 1
)

-- ==== fullDifference
CREATE TEMPORARY TABLE "difference_of_projection_with_images" ON COMMIT DROP AS
SELECT row_number() OVER () AS "__change", input.*, hash_record_extended(ROW(input."customer", input."payload", input."amount"), 0) AS "__hash"
FROM (
  SELECT input."__weight", input."customer", input."payload", input."amount"
  FROM (
    SELECT sum(input."__weight") OVER image AS "__weight", row_number() OVER image AS "__nth", input."customer", input."payload", input."amount"
    FROM (
      SELECT 1 AS "__weight", "customer", "payload", "amount"
      FROM (
        SELECT input."customer", input."payload", input."amount"
        FROM ONLY "public"."orders" AS input
        WHERE (input."payload" ?? 'a'::"text")
      ) AS fresh
      UNION ALL
      SELECT -1, "customer", "payload", "amount"
      FROM "pgtrickle_data"."projection_with_images" AS stored
    ) AS input
    WINDOW image AS (PARTITION BY input."customer", "pg_catalog"."jsonb_send"(input."payload"), "pg_catalog"."numeric_send"(input."amount"))
  ) AS input
  WHERE input."__nth" = 1 AND input."__weight" <> 0
) AS input;
ANALYZE pg_temp."difference_of_projection_with_images";
WITH
-- the copies that must go; too few of them fail
"matched" AS MATERIALIZED (
  SELECT stored."__row",
    CASE
      WHEN count(stored."__row") OVER (PARTITION BY change."__change") = -change."__weight"
      THEN -change."__weight"
      ELSE pgtrickle.refuse_multiplicity(ROW(change."customer", change."payload", change."amount")::text)
    END AS "__copies"
  FROM pg_temp."difference_of_projection_with_images" AS change
  LEFT JOIN LATERAL (
    SELECT candidate.ctid AS "__row"
    FROM "pgtrickle_data"."projection_with_images" AS candidate
    WHERE candidate."__hash" = change."__hash" AND record_image_eq(ROW(candidate."customer", candidate."payload", candidate."amount"), ROW(change."customer", change."payload", change."amount"))
    LIMIT -change."__weight"
  ) AS stored ON true
  WHERE change."__weight" < 0
),
-- one row for each copy
"deleted" AS (
  DELETE FROM "pgtrickle_data"."projection_with_images" AS stored
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
  INSERT INTO "pgtrickle_data"."projection_with_images" ("customer", "payload", "amount", "__hash")
  SELECT change."customer", change."payload", change."amount", change."__hash"
  FROM pg_temp."difference_of_projection_with_images" AS change
  CROSS JOIN LATERAL generate_series(1, change."__weight") AS copy
  WHERE change."__weight" > 0
  RETURNING 1
)
