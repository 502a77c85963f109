-- SELECT sum(quantity) / count(*) AS mean, region FROM public.orders WHERE amount > 3 GROUP BY region, customer % 2

-- ==== createStorage
CREATE TABLE "pgtrickle_data"."group_by_hashed_key" (
  "mean" bigint,
  "region" "text",
  "__key_1" integer,
  "__hash" bigint NOT NULL,
  "__count" bigint NOT NULL,
  "__values_1" bigint NOT NULL,
  "__sum_1" bigint NOT NULL,
  CONSTRAINT "multiplicity_is_positive" CHECK ("__count" > 0)
) WITH (fillfactor = 90);
CREATE INDEX "group_by_hashed_key_key" ON "pgtrickle_data"."group_by_hashed_key" ("__hash");

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
  INSERT INTO "pgtrickle_data"."group_by_hashed_key" ("mean", "region", "__key_1", "__hash", "__count", "__values_1", "__sum_1")
  SELECT change."mean", change."region", change."__key_1", change."__hash", change."__count", change."__values_1", change."__sum_1"
  FROM (
    SELECT true AS "__present", (input."sum" / input."count") AS "mean", input."region" AS "region", input."key" AS "__key_1", hash_record_extended(ROW(input."region", input."key"), 0) AS "__hash", input."__count", input."__values_1", input."__sum_1"
    FROM (
      SELECT states.*,
        CASE WHEN "__values_1" > 0 THEN "__sum_1" END AS "sum",
        "__count" AS "count"
      FROM (
        SELECT input."region", input."key", count(*) AS "__count", count(input."quantity") AS "__values_1", coalesce(sum(input."quantity"), 0) AS "__sum_1"
        FROM (
          SELECT input."region", (input."customer" % 2) AS "key", input."quantity"
          FROM ONLY "public"."orders" AS input
          WHERE (input."amount" > (3)::numeric)
        ) AS input
        GROUP BY input."region", input."key"
      ) AS states
    ) AS input
  ) AS change
  RETURNING 1
)

-- ==== smallDelta
WITH
-- rows of public.orders that changed since the stored frontier
"scan_1_delta" AS MATERIALIZED (
  SELECT "weight" AS "__weight", "c2" AS "customer", "c3" AS "region", "c4" AS "amount", "c5" AS "quantity"
  FROM "pgtrickle_data"."changes_7_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c2" AS "customer", "c3" AS "region", "c4" AS "amount", "c5" AS "quantity"
  FROM "pgtrickle_data"."changes_7_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  LIMIT 1000
),
-- those that pass the WHERE clause
"filter_2_delta" AS (
  SELECT input."__weight", input."customer", input."region", input."amount", input."quantity"
  FROM "scan_1_delta" AS input
  WHERE (input."amount" > (3)::numeric)
),
-- their expressions
"project_3_delta" AS (
  SELECT input."__weight",
    input."region" AS "region",
    (input."customer" % 2) AS "key",
    input."quantity" AS "quantity"
  FROM "filter_2_delta" AS input
),
-- what is added to the state of each group
"aggregate_4_delta" AS (
  SELECT input."region" AS "region",
    input."key" AS "key",
    coalesce(sum(input."__weight"), 0) AS "__count",
    coalesce(sum(input."__weight") FILTER (WHERE input."quantity" IS DISTINCT FROM NULL), 0) AS "__values_1",
    coalesce(sum(input."__weight" * input."quantity"::numeric), 0) AS "__sum_1"
  FROM "project_3_delta" AS input
  GROUP BY input."region", input."key"
  HAVING coalesce(sum(input."__weight"), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."quantity" IS DISTINCT FROM NULL), 0) <> 0
    OR coalesce(sum(input."__weight" * input."quantity"::numeric), 0) <> 0
),
-- the new state of each group and where the old one is stored
"matched" AS MATERIALIZED (
  SELECT stored.ctid AS "__row",
    change."region",
    change."key",
    CASE WHEN coalesce(stored."__count", 0) + change."__count" >= 0 THEN (coalesce(stored."__count", 0) + change."__count")::bigint
      ELSE pgtrickle.refuse_multiplicity(ROW(change."region", change."key")::text) END AS "__count",
    (coalesce(stored."__values_1", 0) + change."__values_1")::bigint AS "__values_1",
    (coalesce(stored."__sum_1", 0) + change."__sum_1")::bigint AS "__sum_1"
  FROM "aggregate_4_delta" AS change
  LEFT JOIN LATERAL (
    SELECT stored.ctid AS "ctid", stored.*
    FROM "pgtrickle_data"."group_by_hashed_key" AS stored
    WHERE stored."__hash" = hash_record_extended(ROW(change."region", change."key"), 0) AND stored."region" IS NOT DISTINCT FROM change."region" AND stored."__key_1" IS NOT DISTINCT FROM change."key"
    OFFSET 0
  ) AS stored ON true
),
-- the groups that are there, as they are stored
"shown" AS (
  SELECT input."__row", (input."sum" / input."count") AS "mean", input."region" AS "region", input."key" AS "__key_1", hash_record_extended(ROW(input."region", input."key"), 0) AS "__hash", input."__count", input."__values_1", input."__sum_1"
  FROM (
    SELECT states.*,
      CASE WHEN "__values_1" > 0 THEN "__sum_1" END AS "sum",
      "__count" AS "count"
    FROM matched AS states
    WHERE states."__count" > 0
  ) AS input
),
-- groups whose last row is gone
"deleted" AS (
  DELETE FROM "pgtrickle_data"."group_by_hashed_key" AS stored
  USING matched AS change
  WHERE stored.ctid = change."__row" AND change."__count" = 0
  RETURNING 1
),
-- groups that changed
"updated" AS (
  UPDATE "pgtrickle_data"."group_by_hashed_key" AS stored
  SET "mean" = change."mean", "__count" = change."__count", "__values_1" = change."__values_1", "__sum_1" = change."__sum_1"
  FROM shown AS change
  WHERE stored.ctid = change."__row"
  RETURNING 1
),
-- new groups
"inserted" AS (
  INSERT INTO "pgtrickle_data"."group_by_hashed_key" ("mean", "region", "__key_1", "__hash", "__count", "__values_1", "__sum_1")
  SELECT change."mean", change."region", change."__key_1", change."__hash", change."__count", change."__values_1", change."__sum_1"
  FROM shown AS change
  WHERE change."__row" IS NULL
  RETURNING 1
)

-- ==== largeDelta
CREATE TEMPORARY TABLE "changes_7_of_group_by_hashed_key" ON COMMIT DROP AS
SELECT "__weight", "customer", "region", "amount", "quantity"
FROM (
  SELECT "weight" AS "__weight", "c2" AS "customer", "c3" AS "region", "c4" AS "amount", "c5" AS "quantity"
  FROM "pgtrickle_data"."changes_7_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c2" AS "customer", "c3" AS "region", "c4" AS "amount", "c5" AS "quantity"
  FROM "pgtrickle_data"."changes_7_1_a"
  WHERE "marker" = -1 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
    AND EXISTS (SELECT FROM "pgtrickle_data"."changes_7_1_a" WHERE "marker" = 4 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot))
  UNION ALL
  SELECT "weight" AS "__weight", "c2" AS "customer", "c3" AS "region", "c4" AS "amount", "c5" AS "quantity"
  FROM "pgtrickle_data"."changes_7_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c2" AS "customer", "c3" AS "region", "c4" AS "amount", "c5" AS "quantity"
  FROM "pgtrickle_data"."changes_7_1_b"
  WHERE "marker" = -1 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
    AND EXISTS (SELECT FROM "pgtrickle_data"."changes_7_1_b" WHERE "marker" = 4 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot))
  OFFSET 0
) AS input
WHERE (input."amount" > (3)::numeric);
ANALYZE pg_temp."changes_7_of_group_by_hashed_key";
WITH
-- rows of public.orders that changed since the stored frontier
"scan_1_delta" AS (
  SELECT "__weight", "customer", "region", "amount", "quantity"
  FROM pg_temp."changes_7_of_group_by_hashed_key"
),
-- their expressions
"project_2_delta" AS (
  SELECT input."__weight",
    input."region" AS "region",
    (input."customer" % 2) AS "key",
    input."quantity" AS "quantity"
  FROM "scan_1_delta" AS input
),
-- what is added to the state of each group
"aggregate_3_delta" AS (
  SELECT input."region" AS "region",
    input."key" AS "key",
    coalesce(sum(input."__weight"), 0) AS "__count",
    coalesce(sum(input."__weight") FILTER (WHERE input."quantity" IS DISTINCT FROM NULL), 0) AS "__values_1",
    coalesce(sum(input."__weight" * input."quantity"::numeric), 0) AS "__sum_1"
  FROM "project_2_delta" AS input
  GROUP BY input."region", input."key"
  HAVING coalesce(sum(input."__weight"), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."quantity" IS DISTINCT FROM NULL), 0) <> 0
    OR coalesce(sum(input."__weight" * input."quantity"::numeric), 0) <> 0
),
-- the new state of each group and where the old one is stored
"matched" AS MATERIALIZED (
  SELECT stored.ctid AS "__row",
    change."region",
    change."key",
    CASE WHEN coalesce(stored."__count", 0) + change."__count" >= 0 THEN (coalesce(stored."__count", 0) + change."__count")::bigint
      ELSE pgtrickle.refuse_multiplicity(ROW(change."region", change."key")::text) END AS "__count",
    (coalesce(stored."__values_1", 0) + change."__values_1")::bigint AS "__values_1",
    (coalesce(stored."__sum_1", 0) + change."__sum_1")::bigint AS "__sum_1"
  FROM "aggregate_3_delta" AS change
  LEFT JOIN "pgtrickle_data"."group_by_hashed_key" AS stored ON stored."__hash" = hash_record_extended(ROW(change."region", change."key"), 0) AND stored."region" IS NOT DISTINCT FROM change."region" AND stored."__key_1" IS NOT DISTINCT FROM change."key"
),
-- the groups that are there, as they are stored
"shown" AS (
  SELECT input."__row", (input."sum" / input."count") AS "mean", input."region" AS "region", input."key" AS "__key_1", hash_record_extended(ROW(input."region", input."key"), 0) AS "__hash", input."__count", input."__values_1", input."__sum_1"
  FROM (
    SELECT states.*,
      CASE WHEN "__values_1" > 0 THEN "__sum_1" END AS "sum",
      "__count" AS "count"
    FROM matched AS states
    WHERE states."__count" > 0
  ) AS input
),
-- groups whose last row is gone
"deleted" AS (
  DELETE FROM "pgtrickle_data"."group_by_hashed_key" AS stored
  USING matched AS change
  WHERE stored.ctid = change."__row" AND change."__count" = 0
  RETURNING 1
),
-- groups that changed
"updated" AS (
  UPDATE "pgtrickle_data"."group_by_hashed_key" AS stored
  SET "mean" = change."mean", "__count" = change."__count", "__values_1" = change."__values_1", "__sum_1" = change."__sum_1"
  FROM shown AS change
  WHERE stored.ctid = change."__row"
  RETURNING 1
),
-- new groups
"inserted" AS (
  INSERT INTO "pgtrickle_data"."group_by_hashed_key" ("mean", "region", "__key_1", "__hash", "__count", "__values_1", "__sum_1")
  SELECT change."mean", change."region", change."__key_1", change."__hash", change."__count", change."__values_1", change."__sum_1"
  FROM shown AS change
  WHERE change."__row" IS NULL
  RETURNING 1
)

-- ==== fullDifference
CREATE TEMPORARY TABLE "difference_of_group_by_hashed_key" ON COMMIT DROP AS
SELECT stored.ctid AS "__row", fresh.*
FROM "pgtrickle_data"."group_by_hashed_key" AS stored
FULL JOIN (
  SELECT true AS "__present", (input."sum" / input."count") AS "mean", input."region" AS "region", input."key" AS "__key_1", hash_record_extended(ROW(input."region", input."key"), 0) AS "__hash", input."__count", input."__values_1", input."__sum_1"
  FROM (
    SELECT states.*,
      CASE WHEN "__values_1" > 0 THEN "__sum_1" END AS "sum",
      "__count" AS "count"
    FROM (
      SELECT input."region", input."key", count(*) AS "__count", count(input."quantity") AS "__values_1", coalesce(sum(input."quantity"), 0) AS "__sum_1"
      FROM (
        SELECT input."region", (input."customer" % 2) AS "key", input."quantity"
        FROM ONLY "public"."orders" AS input
        WHERE (input."amount" > (3)::numeric)
      ) AS input
      GROUP BY input."region", input."key"
    ) AS states
  ) AS input
) AS fresh
ON stored."__hash" = fresh."__hash" AND stored."region" IS NOT DISTINCT FROM fresh."region" AND stored."__key_1" IS NOT DISTINCT FROM fresh."__key_1"
WHERE stored.ctid IS NULL OR fresh."__present" IS NULL
  OR record_image_ne(ROW(stored."mean", stored."region", stored."__key_1", stored."__hash", stored."__count", stored."__values_1", stored."__sum_1"), ROW(fresh."mean", fresh."region", fresh."__key_1", fresh."__hash", fresh."__count", fresh."__values_1", fresh."__sum_1"));
ANALYZE pg_temp."difference_of_group_by_hashed_key";
WITH
-- stored rows that the query does not have
"deleted" AS (
  DELETE FROM "pgtrickle_data"."group_by_hashed_key" AS stored
  USING pg_temp."difference_of_group_by_hashed_key" AS change
  WHERE stored.ctid = change."__row" AND change."__present" IS NULL
  RETURNING 1
),
-- stored rows that look different
"updated" AS (
  UPDATE "pgtrickle_data"."group_by_hashed_key" AS stored
  SET "mean" = change."mean", "region" = change."region", "__key_1" = change."__key_1", "__hash" = change."__hash", "__count" = change."__count", "__values_1" = change."__values_1", "__sum_1" = change."__sum_1"
  FROM pg_temp."difference_of_group_by_hashed_key" AS change
  WHERE stored.ctid = change."__row" AND change."__present"
  RETURNING 1
),
-- rows that are not stored
"inserted" AS (
  INSERT INTO "pgtrickle_data"."group_by_hashed_key" ("mean", "region", "__key_1", "__hash", "__count", "__values_1", "__sum_1")
  SELECT change."mean", change."region", change."__key_1", change."__hash", change."__count", change."__values_1", change."__sum_1"
  FROM pg_temp."difference_of_group_by_hashed_key" AS change
  WHERE change."__row" IS NULL
  RETURNING 1
)
