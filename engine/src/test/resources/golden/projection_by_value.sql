-- SELECT customer, upper(region) AS region FROM public.orders

-- ==== createStorage
CREATE TABLE "pgtrickle_data"."projection_by_value" (
  "customer" integer,
  "region" "text",
  "__hash" bigint NOT NULL
);
CREATE INDEX "projection_by_value_key" ON "pgtrickle_data"."projection_by_value" ("__hash");

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
  INSERT INTO "pgtrickle_data"."projection_by_value" ("customer", "region", "__hash")
  SELECT change."customer", change."region", change."__hash"
  FROM (
    SELECT hash_record_extended(ROW(input."customer", input."region"), 0) AS "__hash", true AS "__present", input.*
    FROM (
      SELECT input."customer", "upper"(input."region") AS "region"
      FROM ONLY "public"."orders" AS input
    ) AS input
  ) AS change
  RETURNING 1
)

-- ==== smallDelta
WITH
-- rows of public.orders that changed since the stored frontier
"scan_1_delta" AS MATERIALIZED (
  SELECT "weight" AS "__weight", "c2" AS "customer", "c3" AS "region"
  FROM "pgtrickle_data"."changes_7_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c2" AS "customer", "c3" AS "region"
  FROM "pgtrickle_data"."changes_7_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  LIMIT 1000
),
-- their expressions
"project_2_delta" AS (
  SELECT input."__weight",
    input."customer" AS "customer",
    "upper"(input."region") AS "region"
  FROM "scan_1_delta" AS input
),
-- one row for each image that changed
"changes" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__change", input.*, hash_record_extended(ROW(input."customer", input."region"), 0) AS "__hash"
  FROM (
    SELECT sum(input."__weight") AS "__weight", input."customer", input."region"
    FROM "project_2_delta" AS input
    GROUP BY input."customer", input."region"
    HAVING sum(input."__weight") <> 0
  ) AS input
),
-- the copies that must go; too few of them fail
"matched" AS MATERIALIZED (
  SELECT stored."__row",
    CASE
      WHEN count(stored."__row") OVER (PARTITION BY change."__change") = -change."__weight"
      THEN -change."__weight"
      ELSE pgtrickle.refuse_multiplicity(ROW(change."customer", change."region")::text)
    END AS "__copies"
  FROM "changes" AS change
  LEFT JOIN LATERAL (
    SELECT candidate.ctid AS "__row"
    FROM "pgtrickle_data"."projection_by_value" AS candidate
    WHERE candidate."__hash" = change."__hash" AND record_image_eq(ROW(candidate."customer", candidate."region"), ROW(change."customer", change."region"))
    LIMIT -change."__weight"
  ) AS stored ON true
  WHERE change."__weight" < 0
),
-- one row for each copy
"deleted" AS (
  DELETE FROM "pgtrickle_data"."projection_by_value" AS stored
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
  INSERT INTO "pgtrickle_data"."projection_by_value" ("customer", "region", "__hash")
  SELECT change."customer", change."region", change."__hash"
  FROM "changes" AS change
  CROSS JOIN LATERAL generate_series(1, change."__weight") AS copy
  WHERE change."__weight" > 0
  RETURNING 1
)

-- ==== largeDelta
CREATE TEMPORARY TABLE "changes_7_of_projection_by_value" ON COMMIT DROP AS
SELECT "weight" AS "__weight", "c2" AS "customer", "c3" AS "region"
FROM "pgtrickle_data"."changes_7_1_a"
WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
UNION ALL
SELECT "weight" AS "__weight", "c2" AS "customer", "c3" AS "region"
FROM "pgtrickle_data"."changes_7_1_a"
WHERE "marker" = -1 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  AND EXISTS (SELECT FROM "pgtrickle_data"."changes_7_1_a" WHERE "marker" = 4 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot))
UNION ALL
SELECT "weight" AS "__weight", "c2" AS "customer", "c3" AS "region"
FROM "pgtrickle_data"."changes_7_1_b"
WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
UNION ALL
SELECT "weight" AS "__weight", "c2" AS "customer", "c3" AS "region"
FROM "pgtrickle_data"."changes_7_1_b"
WHERE "marker" = -1 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  AND EXISTS (SELECT FROM "pgtrickle_data"."changes_7_1_b" WHERE "marker" = 4 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot));
ANALYZE pg_temp."changes_7_of_projection_by_value";
WITH
-- rows of public.orders that changed since the stored frontier
"scan_1_delta" AS (
  SELECT "__weight", "customer", "region"
  FROM pg_temp."changes_7_of_projection_by_value"
),
-- their expressions
"project_2_delta" AS (
  SELECT input."__weight",
    input."customer" AS "customer",
    "upper"(input."region") AS "region"
  FROM "scan_1_delta" AS input
),
-- one row for each image that changed
"changes" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__change", input.*, hash_record_extended(ROW(input."customer", input."region"), 0) AS "__hash"
  FROM (
    SELECT sum(input."__weight") AS "__weight", input."customer", input."region"
    FROM "project_2_delta" AS input
    GROUP BY input."customer", input."region"
    HAVING sum(input."__weight") <> 0
  ) AS input
),
-- the copies that must go; too few of them fail
"matched" AS MATERIALIZED (
  SELECT stored."__row",
    CASE
      WHEN count(stored."__row") OVER (PARTITION BY change."__change") = -change."__weight"
      THEN -change."__weight"
      ELSE pgtrickle.refuse_multiplicity(ROW(change."customer", change."region")::text)
    END AS "__copies"
  FROM "changes" AS change
  LEFT JOIN LATERAL (
    SELECT candidate.ctid AS "__row"
    FROM "pgtrickle_data"."projection_by_value" AS candidate
    WHERE candidate."__hash" = change."__hash" AND record_image_eq(ROW(candidate."customer", candidate."region"), ROW(change."customer", change."region"))
    LIMIT -change."__weight"
  ) AS stored ON true
  WHERE change."__weight" < 0
),
-- one row for each copy
"deleted" AS (
  DELETE FROM "pgtrickle_data"."projection_by_value" AS stored
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
  INSERT INTO "pgtrickle_data"."projection_by_value" ("customer", "region", "__hash")
  SELECT change."customer", change."region", change."__hash"
  FROM "changes" AS change
  CROSS JOIN LATERAL generate_series(1, change."__weight") AS copy
  WHERE change."__weight" > 0
  RETURNING 1
)

-- ==== fullDifference
CREATE TEMPORARY TABLE "difference_of_projection_by_value" ON COMMIT DROP AS
SELECT row_number() OVER () AS "__change", input.*, hash_record_extended(ROW(input."customer", input."region"), 0) AS "__hash"
FROM (
  SELECT sum(input."__weight") AS "__weight", input."customer", input."region"
  FROM (
    SELECT 1 AS "__weight", "customer", "region"
    FROM (
      SELECT input."customer", "upper"(input."region") AS "region"
      FROM ONLY "public"."orders" AS input
    ) AS fresh
    UNION ALL
    SELECT -1, "customer", "region"
    FROM "pgtrickle_data"."projection_by_value" AS stored
  ) AS input
  GROUP BY input."customer", input."region"
  HAVING sum(input."__weight") <> 0
) AS input;
ANALYZE pg_temp."difference_of_projection_by_value";
WITH
-- the copies that must go; too few of them fail
"matched" AS MATERIALIZED (
  SELECT stored."__row",
    CASE
      WHEN count(stored."__row") OVER (PARTITION BY change."__change") = -change."__weight"
      THEN -change."__weight"
      ELSE pgtrickle.refuse_multiplicity(ROW(change."customer", change."region")::text)
    END AS "__copies"
  FROM pg_temp."difference_of_projection_by_value" AS change
  LEFT JOIN LATERAL (
    SELECT candidate.ctid AS "__row"
    FROM "pgtrickle_data"."projection_by_value" AS candidate
    WHERE candidate."__hash" = change."__hash" AND record_image_eq(ROW(candidate."customer", candidate."region"), ROW(change."customer", change."region"))
    LIMIT -change."__weight"
  ) AS stored ON true
  WHERE change."__weight" < 0
),
-- one row for each copy
"deleted" AS (
  DELETE FROM "pgtrickle_data"."projection_by_value" AS stored
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
  INSERT INTO "pgtrickle_data"."projection_by_value" ("customer", "region", "__hash")
  SELECT change."customer", change."region", change."__hash"
  FROM pg_temp."difference_of_projection_by_value" AS change
  CROSS JOIN LATERAL generate_series(1, change."__weight") AS copy
  WHERE change."__weight" > 0
  RETURNING 1
)
