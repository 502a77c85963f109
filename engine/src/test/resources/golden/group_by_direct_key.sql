-- SELECT customer, count(*) AS orders, sum(amount) AS total FROM public.orders GROUP BY customer

-- ==== createStorage
CREATE TABLE "pgtrickle_data"."group_by_direct_key" (
  "customer" integer NOT NULL,
  "orders" bigint,
  "total" numeric,
  "__count" bigint NOT NULL,
  "__values_1" bigint NOT NULL,
  "__sum_1" numeric NOT NULL,
  "__nan_1" bigint NOT NULL,
  CONSTRAINT "multiplicity_is_positive" CHECK ("__count" > 0)
) WITH (fillfactor = 90);
CREATE UNIQUE INDEX "group_by_direct_key_key" ON "pgtrickle_data"."group_by_direct_key" ("customer");

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
  INSERT INTO "pgtrickle_data"."group_by_direct_key" ("customer", "orders", "total", "__count", "__values_1", "__sum_1", "__nan_1")
  SELECT change."customer", change."orders", change."total", change."__count", change."__values_1", change."__sum_1", change."__nan_1"
  FROM (
    SELECT true AS "__present", input."customer" AS "customer", input."count" AS "orders", input."sum" AS "total", input."__count", input."__values_1", input."__sum_1", input."__nan_1"
    FROM (
      SELECT states.*,
        "__count" AS "count",
        CASE WHEN "__values_1" > 0 THEN CASE WHEN "__nan_1" > 0 THEN 'NaN'::numeric ELSE "__sum_1" END END AS "sum"
      FROM (
        SELECT input."customer", count(*) AS "__count", count(input."amount") AS "__values_1", coalesce(sum(input."amount") FILTER (WHERE input."amount" <> 'NaN'), 0) AS "__sum_1", count(*) FILTER (WHERE input."amount" = 'NaN') AS "__nan_1"
        FROM (
          SELECT input."customer", input."amount"
          FROM ONLY "public"."orders" AS input
        ) AS input
        GROUP BY input."customer"
      ) AS states
    ) AS input
  ) AS change
  RETURNING 1
)

-- ==== smallDelta
WITH
-- rows of public.orders that changed since the stored frontier
"scan_1_delta" AS MATERIALIZED (
  SELECT "weight" AS "__weight", "c2" AS "customer", "c4" AS "amount"
  FROM "pgtrickle_data"."changes_7_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c2" AS "customer", "c4" AS "amount"
  FROM "pgtrickle_data"."changes_7_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  LIMIT 1000
),
-- their expressions
"project_2_delta" AS (
  SELECT input."__weight",
    input."customer" AS "customer",
    input."amount" AS "amount"
  FROM "scan_1_delta" AS input
),
-- what is added to the state of each group
"aggregate_3_delta" AS (
  SELECT input."customer" AS "customer",
    coalesce(sum(input."__weight"), 0) AS "__count",
    coalesce(sum(input."__weight") FILTER (WHERE input."amount" IS DISTINCT FROM NULL), 0) AS "__values_1",
    coalesce(sum(input."__weight" * input."amount") FILTER (WHERE input."amount" <> 'NaN'), 0) AS "__sum_1",
    coalesce(sum(input."__weight") FILTER (WHERE input."amount" = 'NaN'), 0) AS "__nan_1"
  FROM "project_2_delta" AS input
  GROUP BY input."customer"
  HAVING coalesce(sum(input."__weight"), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."amount" IS DISTINCT FROM NULL), 0) <> 0
    OR coalesce(sum(input."__weight" * input."amount") FILTER (WHERE input."amount" <> 'NaN'), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."amount" = 'NaN'), 0) <> 0
),
-- the new state of each group and where the old one is stored
"matched" AS MATERIALIZED (
  SELECT stored.ctid AS "__row",
    change."customer",
    CASE WHEN coalesce(stored."__count", 0) + change."__count" >= 0 THEN (coalesce(stored."__count", 0) + change."__count")::bigint
      ELSE pgtrickle.refuse_multiplicity(ROW(change."customer")::text) END AS "__count",
    (coalesce(stored."__values_1", 0) + change."__values_1")::bigint AS "__values_1",
    (coalesce(stored."__sum_1", 0) + change."__sum_1")::numeric AS "__sum_1",
    (coalesce(stored."__nan_1", 0) + change."__nan_1")::bigint AS "__nan_1"
  FROM "aggregate_3_delta" AS change
  LEFT JOIN LATERAL (
    SELECT stored.ctid AS "ctid", stored.*
    FROM "pgtrickle_data"."group_by_direct_key" AS stored
    WHERE stored."customer" = change."customer"
    OFFSET 0
  ) AS stored ON true
),
-- the groups that are there, as they are stored
"shown" AS (
  SELECT input."__row", input."customer" AS "customer", input."count" AS "orders", input."sum" AS "total", input."__count", input."__values_1", input."__sum_1", input."__nan_1"
  FROM (
    SELECT states.*,
      "__count" AS "count",
      CASE WHEN "__values_1" > 0 THEN CASE WHEN "__nan_1" > 0 THEN 'NaN'::numeric ELSE "__sum_1" END END AS "sum"
    FROM matched AS states
    WHERE states."__count" > 0
  ) AS input
),
-- groups whose last row is gone
"deleted" AS (
  DELETE FROM "pgtrickle_data"."group_by_direct_key" AS stored
  USING matched AS change
  WHERE stored.ctid = change."__row" AND change."__count" = 0
  RETURNING 1
),
-- groups that changed
"updated" AS (
  UPDATE "pgtrickle_data"."group_by_direct_key" AS stored
  SET "orders" = change."orders", "total" = change."total", "__count" = change."__count", "__values_1" = change."__values_1", "__sum_1" = change."__sum_1", "__nan_1" = change."__nan_1"
  FROM shown AS change
  WHERE stored.ctid = change."__row"
  RETURNING 1
),
-- new groups
"inserted" AS (
  INSERT INTO "pgtrickle_data"."group_by_direct_key" ("customer", "orders", "total", "__count", "__values_1", "__sum_1", "__nan_1")
  SELECT change."customer", change."orders", change."total", change."__count", change."__values_1", change."__sum_1", change."__nan_1"
  FROM shown AS change
  WHERE change."__row" IS NULL
  RETURNING 1
)

-- ==== largeDelta
CREATE TEMPORARY TABLE "changes_7_of_group_by_direct_key" ON COMMIT DROP AS
SELECT "weight" AS "__weight", "c2" AS "customer", "c4" AS "amount"
FROM "pgtrickle_data"."changes_7_1_a"
WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
UNION ALL
SELECT "weight" AS "__weight", "c2" AS "customer", "c4" AS "amount"
FROM "pgtrickle_data"."changes_7_1_a"
WHERE "marker" = -1 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  AND EXISTS (SELECT FROM "pgtrickle_data"."changes_7_1_a" WHERE "marker" = 4 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot))
UNION ALL
SELECT "weight" AS "__weight", "c2" AS "customer", "c4" AS "amount"
FROM "pgtrickle_data"."changes_7_1_b"
WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
UNION ALL
SELECT "weight" AS "__weight", "c2" AS "customer", "c4" AS "amount"
FROM "pgtrickle_data"."changes_7_1_b"
WHERE "marker" = -1 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  AND EXISTS (SELECT FROM "pgtrickle_data"."changes_7_1_b" WHERE "marker" = 4 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot));
ANALYZE pg_temp."changes_7_of_group_by_direct_key";
WITH
-- rows of public.orders that changed since the stored frontier
"scan_1_delta" AS (
  SELECT "__weight", "customer", "amount"
  FROM pg_temp."changes_7_of_group_by_direct_key"
),
-- their expressions
"project_2_delta" AS (
  SELECT input."__weight",
    input."customer" AS "customer",
    input."amount" AS "amount"
  FROM "scan_1_delta" AS input
),
-- what is added to the state of each group
"aggregate_3_delta" AS (
  SELECT input."customer" AS "customer",
    coalesce(sum(input."__weight"), 0) AS "__count",
    coalesce(sum(input."__weight") FILTER (WHERE input."amount" IS DISTINCT FROM NULL), 0) AS "__values_1",
    coalesce(sum(input."__weight" * input."amount") FILTER (WHERE input."amount" <> 'NaN'), 0) AS "__sum_1",
    coalesce(sum(input."__weight") FILTER (WHERE input."amount" = 'NaN'), 0) AS "__nan_1"
  FROM "project_2_delta" AS input
  GROUP BY input."customer"
  HAVING coalesce(sum(input."__weight"), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."amount" IS DISTINCT FROM NULL), 0) <> 0
    OR coalesce(sum(input."__weight" * input."amount") FILTER (WHERE input."amount" <> 'NaN'), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."amount" = 'NaN'), 0) <> 0
),
-- the new state of each group and where the old one is stored
"matched" AS MATERIALIZED (
  SELECT stored.ctid AS "__row",
    change."customer",
    CASE WHEN coalesce(stored."__count", 0) + change."__count" >= 0 THEN (coalesce(stored."__count", 0) + change."__count")::bigint
      ELSE pgtrickle.refuse_multiplicity(ROW(change."customer")::text) END AS "__count",
    (coalesce(stored."__values_1", 0) + change."__values_1")::bigint AS "__values_1",
    (coalesce(stored."__sum_1", 0) + change."__sum_1")::numeric AS "__sum_1",
    (coalesce(stored."__nan_1", 0) + change."__nan_1")::bigint AS "__nan_1"
  FROM "aggregate_3_delta" AS change
  LEFT JOIN "pgtrickle_data"."group_by_direct_key" AS stored ON stored."customer" = change."customer"
),
-- the groups that are there, as they are stored
"shown" AS (
  SELECT input."__row", input."customer" AS "customer", input."count" AS "orders", input."sum" AS "total", input."__count", input."__values_1", input."__sum_1", input."__nan_1"
  FROM (
    SELECT states.*,
      "__count" AS "count",
      CASE WHEN "__values_1" > 0 THEN CASE WHEN "__nan_1" > 0 THEN 'NaN'::numeric ELSE "__sum_1" END END AS "sum"
    FROM matched AS states
    WHERE states."__count" > 0
  ) AS input
),
-- groups whose last row is gone
"deleted" AS (
  DELETE FROM "pgtrickle_data"."group_by_direct_key" AS stored
  USING matched AS change
  WHERE stored.ctid = change."__row" AND change."__count" = 0
  RETURNING 1
),
-- groups that changed
"updated" AS (
  UPDATE "pgtrickle_data"."group_by_direct_key" AS stored
  SET "orders" = change."orders", "total" = change."total", "__count" = change."__count", "__values_1" = change."__values_1", "__sum_1" = change."__sum_1", "__nan_1" = change."__nan_1"
  FROM shown AS change
  WHERE stored.ctid = change."__row"
  RETURNING 1
),
-- new groups
"inserted" AS (
  INSERT INTO "pgtrickle_data"."group_by_direct_key" ("customer", "orders", "total", "__count", "__values_1", "__sum_1", "__nan_1")
  SELECT change."customer", change."orders", change."total", change."__count", change."__values_1", change."__sum_1", change."__nan_1"
  FROM shown AS change
  WHERE change."__row" IS NULL
  RETURNING 1
)

-- ==== fullDifference
CREATE TEMPORARY TABLE "difference_of_group_by_direct_key" ON COMMIT DROP AS
SELECT stored.ctid AS "__row", fresh.*
FROM "pgtrickle_data"."group_by_direct_key" AS stored
FULL JOIN (
  SELECT true AS "__present", input."customer" AS "customer", input."count" AS "orders", input."sum" AS "total", input."__count", input."__values_1", input."__sum_1", input."__nan_1"
  FROM (
    SELECT states.*,
      "__count" AS "count",
      CASE WHEN "__values_1" > 0 THEN CASE WHEN "__nan_1" > 0 THEN 'NaN'::numeric ELSE "__sum_1" END END AS "sum"
    FROM (
      SELECT input."customer", count(*) AS "__count", count(input."amount") AS "__values_1", coalesce(sum(input."amount") FILTER (WHERE input."amount" <> 'NaN'), 0) AS "__sum_1", count(*) FILTER (WHERE input."amount" = 'NaN') AS "__nan_1"
      FROM (
        SELECT input."customer", input."amount"
        FROM ONLY "public"."orders" AS input
      ) AS input
      GROUP BY input."customer"
    ) AS states
  ) AS input
) AS fresh
ON stored."customer" = fresh."customer"
WHERE stored.ctid IS NULL OR fresh."__present" IS NULL
  OR record_image_ne(ROW(stored."customer", stored."orders", stored."total", stored."__count", stored."__values_1", stored."__sum_1", stored."__nan_1"), ROW(fresh."customer", fresh."orders", fresh."total", fresh."__count", fresh."__values_1", fresh."__sum_1", fresh."__nan_1"));
ANALYZE pg_temp."difference_of_group_by_direct_key";
WITH
-- stored rows that the query does not have
"deleted" AS (
  DELETE FROM "pgtrickle_data"."group_by_direct_key" AS stored
  USING pg_temp."difference_of_group_by_direct_key" AS change
  WHERE stored.ctid = change."__row" AND change."__present" IS NULL
  RETURNING 1
),
-- stored rows that look different
"updated" AS (
  UPDATE "pgtrickle_data"."group_by_direct_key" AS stored
  SET "customer" = change."customer", "orders" = change."orders", "total" = change."total", "__count" = change."__count", "__values_1" = change."__values_1", "__sum_1" = change."__sum_1", "__nan_1" = change."__nan_1"
  FROM pg_temp."difference_of_group_by_direct_key" AS change
  WHERE stored.ctid = change."__row" AND change."__present"
  RETURNING 1
),
-- rows that are not stored
"inserted" AS (
  INSERT INTO "pgtrickle_data"."group_by_direct_key" ("customer", "orders", "total", "__count", "__values_1", "__sum_1", "__nan_1")
  SELECT change."customer", change."orders", change."total", change."__count", change."__values_1", change."__sum_1", change."__nan_1"
  FROM pg_temp."difference_of_group_by_direct_key" AS change
  WHERE change."__row" IS NULL
  RETURNING 1
)
