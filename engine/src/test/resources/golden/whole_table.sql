-- SELECT count(*) AS orders, count(region) AS regions, sum(quantity) AS pieces FROM public.orders

-- ==== createStorage
CREATE TABLE "pgtrickle_data"."whole_table" (
  "orders" bigint,
  "regions" bigint,
  "pieces" bigint,
  "__count" bigint NOT NULL,
  "__values_1" bigint NOT NULL,
  "__values_2" bigint NOT NULL,
  "__sum_2" bigint NOT NULL,
  CONSTRAINT "multiplicity_is_positive" CHECK ("__count" >= 0)
) WITH (fillfactor = 90);
CREATE UNIQUE INDEX "whole_table_key" ON "pgtrickle_data"."whole_table" ((true));

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
  INSERT INTO "pgtrickle_data"."whole_table" ("orders", "regions", "pieces", "__count", "__values_1", "__values_2", "__sum_2")
  SELECT change."orders", change."regions", change."pieces", change."__count", change."__values_1", change."__values_2", change."__sum_2"
  FROM (
    SELECT true AS "__present", input."count" AS "orders", input."count_2" AS "regions", input."sum" AS "pieces", input."__count", input."__values_1", input."__values_2", input."__sum_2"
    FROM (
      SELECT states.*,
        "__count" AS "count",
        "__values_1" AS "count_2",
        CASE WHEN "__values_2" > 0 THEN "__sum_2" END AS "sum"
      FROM (
        SELECT count(*) AS "__count", count(input."region") AS "__values_1", count(input."quantity") AS "__values_2", coalesce(sum(input."quantity"), 0) AS "__sum_2"
        FROM (
          SELECT input."region", input."quantity"
          FROM ONLY "public"."orders" AS input
        ) AS input
      ) AS states
    ) AS input
  ) AS change
  RETURNING 1
)

-- ==== smallDelta
WITH
-- rows of public.orders that changed since the stored frontier
"scan_1_delta" AS MATERIALIZED (
  SELECT "weight" AS "__weight", "c3" AS "region", "c5" AS "quantity"
  FROM "pgtrickle_data"."changes_7_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c3" AS "region", "c5" AS "quantity"
  FROM "pgtrickle_data"."changes_7_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  LIMIT 1000
),
-- their expressions
"project_2_delta" AS (
  SELECT input."__weight",
    input."region" AS "region",
    input."quantity" AS "quantity"
  FROM "scan_1_delta" AS input
),
-- what is added to the state of each group
"aggregate_3_delta" AS (
  SELECT coalesce(sum(input."__weight"), 0) AS "__count",
    coalesce(sum(input."__weight") FILTER (WHERE input."region" IS DISTINCT FROM NULL), 0) AS "__values_1",
    coalesce(sum(input."__weight") FILTER (WHERE input."quantity" IS DISTINCT FROM NULL), 0) AS "__values_2",
    coalesce(sum(input."__weight" * input."quantity"::numeric), 0) AS "__sum_2"
  FROM "project_2_delta" AS input
  HAVING coalesce(sum(input."__weight"), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."region" IS DISTINCT FROM NULL), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."quantity" IS DISTINCT FROM NULL), 0) <> 0
    OR coalesce(sum(input."__weight" * input."quantity"::numeric), 0) <> 0
),
-- the new state of each group and where the old one is stored
"matched" AS MATERIALIZED (
  SELECT stored.ctid AS "__row",
    CASE WHEN coalesce(stored."__count", 0) + change."__count" >= 0 THEN (coalesce(stored."__count", 0) + change."__count")::bigint
      ELSE pgtrickle.refuse_multiplicity('the only row') END AS "__count",
    (coalesce(stored."__values_1", 0) + change."__values_1")::bigint AS "__values_1",
    (coalesce(stored."__values_2", 0) + change."__values_2")::bigint AS "__values_2",
    (coalesce(stored."__sum_2", 0) + change."__sum_2")::bigint AS "__sum_2"
  FROM "aggregate_3_delta" AS change
  LEFT JOIN "pgtrickle_data"."whole_table" AS stored ON true
),
-- the groups that are there, as they are stored
"shown" AS (
  SELECT input."__row", input."count" AS "orders", input."count_2" AS "regions", input."sum" AS "pieces", input."__count", input."__values_1", input."__values_2", input."__sum_2"
  FROM (
    SELECT states.*,
      "__count" AS "count",
      "__values_1" AS "count_2",
      CASE WHEN "__values_2" > 0 THEN "__sum_2" END AS "sum"
    FROM matched AS states
  ) AS input
),
-- groups whose last row is gone
"deleted" AS (
  SELECT 1 WHERE false
),
-- groups that changed
"updated" AS (
  UPDATE "pgtrickle_data"."whole_table" AS stored
  SET "orders" = change."orders", "regions" = change."regions", "pieces" = change."pieces", "__count" = change."__count", "__values_1" = change."__values_1", "__values_2" = change."__values_2", "__sum_2" = change."__sum_2"
  FROM shown AS change
  WHERE stored.ctid = change."__row"
  RETURNING 1
),
-- new groups
"inserted" AS (
  INSERT INTO "pgtrickle_data"."whole_table" ("orders", "regions", "pieces", "__count", "__values_1", "__values_2", "__sum_2")
  SELECT change."orders", change."regions", change."pieces", change."__count", change."__values_1", change."__values_2", change."__sum_2"
  FROM shown AS change
  WHERE change."__row" IS NULL
  RETURNING 1
)

-- ==== largeDelta
CREATE TEMPORARY TABLE "changes_7_of_whole_table" ON COMMIT DROP AS
SELECT "weight" AS "__weight", "c3" AS "region", "c5" AS "quantity"
FROM "pgtrickle_data"."changes_7_1_a"
WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
UNION ALL
SELECT "weight" AS "__weight", "c3" AS "region", "c5" AS "quantity"
FROM "pgtrickle_data"."changes_7_1_a"
WHERE "marker" = -1 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  AND EXISTS (SELECT FROM "pgtrickle_data"."changes_7_1_a" WHERE "marker" = 4 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot))
UNION ALL
SELECT "weight" AS "__weight", "c3" AS "region", "c5" AS "quantity"
FROM "pgtrickle_data"."changes_7_1_b"
WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
UNION ALL
SELECT "weight" AS "__weight", "c3" AS "region", "c5" AS "quantity"
FROM "pgtrickle_data"."changes_7_1_b"
WHERE "marker" = -1 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  AND EXISTS (SELECT FROM "pgtrickle_data"."changes_7_1_b" WHERE "marker" = 4 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot));
ANALYZE pg_temp."changes_7_of_whole_table";
WITH
-- rows of public.orders that changed since the stored frontier
"scan_1_delta" AS (
  SELECT "__weight", "region", "quantity"
  FROM pg_temp."changes_7_of_whole_table"
),
-- their expressions
"project_2_delta" AS (
  SELECT input."__weight",
    input."region" AS "region",
    input."quantity" AS "quantity"
  FROM "scan_1_delta" AS input
),
-- what is added to the state of each group
"aggregate_3_delta" AS (
  SELECT coalesce(sum(input."__weight"), 0) AS "__count",
    coalesce(sum(input."__weight") FILTER (WHERE input."region" IS DISTINCT FROM NULL), 0) AS "__values_1",
    coalesce(sum(input."__weight") FILTER (WHERE input."quantity" IS DISTINCT FROM NULL), 0) AS "__values_2",
    coalesce(sum(input."__weight" * input."quantity"::numeric), 0) AS "__sum_2"
  FROM "project_2_delta" AS input
  HAVING coalesce(sum(input."__weight"), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."region" IS DISTINCT FROM NULL), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."quantity" IS DISTINCT FROM NULL), 0) <> 0
    OR coalesce(sum(input."__weight" * input."quantity"::numeric), 0) <> 0
),
-- the new state of each group and where the old one is stored
"matched" AS MATERIALIZED (
  SELECT stored.ctid AS "__row",
    CASE WHEN coalesce(stored."__count", 0) + change."__count" >= 0 THEN (coalesce(stored."__count", 0) + change."__count")::bigint
      ELSE pgtrickle.refuse_multiplicity('the only row') END AS "__count",
    (coalesce(stored."__values_1", 0) + change."__values_1")::bigint AS "__values_1",
    (coalesce(stored."__values_2", 0) + change."__values_2")::bigint AS "__values_2",
    (coalesce(stored."__sum_2", 0) + change."__sum_2")::bigint AS "__sum_2"
  FROM "aggregate_3_delta" AS change
  LEFT JOIN "pgtrickle_data"."whole_table" AS stored ON true
),
-- the groups that are there, as they are stored
"shown" AS (
  SELECT input."__row", input."count" AS "orders", input."count_2" AS "regions", input."sum" AS "pieces", input."__count", input."__values_1", input."__values_2", input."__sum_2"
  FROM (
    SELECT states.*,
      "__count" AS "count",
      "__values_1" AS "count_2",
      CASE WHEN "__values_2" > 0 THEN "__sum_2" END AS "sum"
    FROM matched AS states
  ) AS input
),
-- groups whose last row is gone
"deleted" AS (
  SELECT 1 WHERE false
),
-- groups that changed
"updated" AS (
  UPDATE "pgtrickle_data"."whole_table" AS stored
  SET "orders" = change."orders", "regions" = change."regions", "pieces" = change."pieces", "__count" = change."__count", "__values_1" = change."__values_1", "__values_2" = change."__values_2", "__sum_2" = change."__sum_2"
  FROM shown AS change
  WHERE stored.ctid = change."__row"
  RETURNING 1
),
-- new groups
"inserted" AS (
  INSERT INTO "pgtrickle_data"."whole_table" ("orders", "regions", "pieces", "__count", "__values_1", "__values_2", "__sum_2")
  SELECT change."orders", change."regions", change."pieces", change."__count", change."__values_1", change."__values_2", change."__sum_2"
  FROM shown AS change
  WHERE change."__row" IS NULL
  RETURNING 1
)

-- ==== fullDifference
CREATE TEMPORARY TABLE "difference_of_whole_table" ON COMMIT DROP AS
SELECT stored.ctid AS "__row", fresh.*
FROM "pgtrickle_data"."whole_table" AS stored
RIGHT JOIN (
  SELECT true AS "__present", input."count" AS "orders", input."count_2" AS "regions", input."sum" AS "pieces", input."__count", input."__values_1", input."__values_2", input."__sum_2"
  FROM (
    SELECT states.*,
      "__count" AS "count",
      "__values_1" AS "count_2",
      CASE WHEN "__values_2" > 0 THEN "__sum_2" END AS "sum"
    FROM (
      SELECT count(*) AS "__count", count(input."region") AS "__values_1", count(input."quantity") AS "__values_2", coalesce(sum(input."quantity"), 0) AS "__sum_2"
      FROM (
        SELECT input."region", input."quantity"
        FROM ONLY "public"."orders" AS input
      ) AS input
    ) AS states
  ) AS input
) AS fresh
ON true
WHERE stored.ctid IS NULL OR fresh."__present" IS NULL
  OR record_image_ne(ROW(stored."orders", stored."regions", stored."pieces", stored."__count", stored."__values_1", stored."__values_2", stored."__sum_2"), ROW(fresh."orders", fresh."regions", fresh."pieces", fresh."__count", fresh."__values_1", fresh."__values_2", fresh."__sum_2"));
ANALYZE pg_temp."difference_of_whole_table";
WITH
-- stored rows that the query does not have
"deleted" AS (
  DELETE FROM "pgtrickle_data"."whole_table" AS stored
  USING pg_temp."difference_of_whole_table" AS change
  WHERE stored.ctid = change."__row" AND change."__present" IS NULL
  RETURNING 1
),
-- stored rows that look different
"updated" AS (
  UPDATE "pgtrickle_data"."whole_table" AS stored
  SET "orders" = change."orders", "regions" = change."regions", "pieces" = change."pieces", "__count" = change."__count", "__values_1" = change."__values_1", "__values_2" = change."__values_2", "__sum_2" = change."__sum_2"
  FROM pg_temp."difference_of_whole_table" AS change
  WHERE stored.ctid = change."__row" AND change."__present"
  RETURNING 1
),
-- rows that are not stored
"inserted" AS (
  INSERT INTO "pgtrickle_data"."whole_table" ("orders", "regions", "pieces", "__count", "__values_1", "__values_2", "__sum_2")
  SELECT change."orders", change."regions", change."pieces", change."__count", change."__values_1", change."__values_2", change."__sum_2"
  FROM pg_temp."difference_of_whole_table" AS change
  WHERE change."__row" IS NULL
  RETURNING 1
)
