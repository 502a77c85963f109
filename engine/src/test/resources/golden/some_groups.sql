-- SELECT customer, sum(amount) AS total FROM public.orders GROUP BY customer HAVING sum(quantity) > 9

-- ==== createStorage
CREATE TABLE "pgtrickle_data"."some_groups" (
  "customer" integer NOT NULL,
  "total" numeric
);
CREATE UNIQUE INDEX "some_groups_key" ON "pgtrickle_data"."some_groups" ("customer");
CREATE TABLE "pgtrickle_data"."some_groups_groups" (
  "__key_1" integer NOT NULL,
  "__count" bigint NOT NULL,
  "__values_1" bigint NOT NULL,
  "__sum_1" numeric NOT NULL,
  "__nan_1" bigint NOT NULL,
  "__values_2" bigint NOT NULL,
  "__sum_2" bigint NOT NULL,
  CONSTRAINT "multiplicity_is_positive" CHECK ("__count" > 0)
) WITH (fillfactor = 90);
CREATE UNIQUE INDEX "some_groups_groups_key" ON "pgtrickle_data"."some_groups_groups" ("__key_1");

-- ==== initialLoad
WITH
-- the state of all groups
"groups_inserted" AS (
  INSERT INTO "pgtrickle_data"."some_groups_groups" ("__key_1", "__count", "__values_1", "__sum_1", "__nan_1", "__values_2", "__sum_2")
  SELECT change."__key_1", change."__count", change."__values_1", change."__sum_1", change."__nan_1", change."__values_2", change."__sum_2"
  FROM (
    SELECT input."customer" AS "__key_1", input."__count", input."__values_1", input."__sum_1", input."__nan_1", input."__values_2", input."__sum_2"
    FROM (
      SELECT states.*,
        CASE WHEN "__values_1" > 0 THEN CASE WHEN "__nan_1" > 0 THEN 'NaN'::numeric ELSE "__sum_1" END END AS "sum",
        CASE WHEN "__values_2" > 0 THEN "__sum_2" END AS "sum_2"
      FROM (
        SELECT input."customer", count(*) AS "__count", count(input."amount") AS "__values_1", coalesce(sum(input."amount") FILTER (WHERE input."amount" <> 'NaN'), 0) AS "__sum_1", count(*) FILTER (WHERE input."amount" = 'NaN') AS "__nan_1", count(input."quantity") AS "__values_2", coalesce(sum(input."quantity"), 0) AS "__sum_2"
        FROM (
          SELECT input."customer", input."amount", input."quantity"
          FROM ONLY "public"."orders" AS input
        ) AS input
        GROUP BY input."customer"
      ) AS states
    ) AS input
  ) AS change
  RETURNING 1
),
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
  INSERT INTO "pgtrickle_data"."some_groups" ("customer", "total")
  SELECT change."customer", change."total"
  FROM (
    SELECT true AS "__present", input.*
    FROM (
      SELECT input."customer_2" AS "customer", input."sum" AS "total"
      FROM (
        SELECT input."customer" AS "customer_2", input."sum", input."sum_2"
        FROM (
          SELECT input."customer", sum(input."amount") AS "sum", sum(input."quantity") AS "sum_2"
          FROM (
            SELECT input."customer", input."amount", input."quantity"
            FROM ONLY "public"."orders" AS input
          ) AS input
          GROUP BY input."customer"
        ) AS input
      ) AS input
      WHERE (input."sum_2" > 9)
    ) AS input
  ) AS change
  RETURNING 1
)

-- ==== smallDelta
WITH
-- rows of public.orders that changed since the stored frontier
"scan_1_delta" AS MATERIALIZED (
  SELECT "weight" AS "__weight", "c2" AS "customer", "c4" AS "amount", "c5" AS "quantity"
  FROM "pgtrickle_data"."changes_7_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c2" AS "customer", "c4" AS "amount", "c5" AS "quantity"
  FROM "pgtrickle_data"."changes_7_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  LIMIT 1000
),
-- their expressions
"project_2_delta" AS (
  SELECT input."__weight",
    input."customer" AS "customer",
    input."amount" AS "amount",
    input."quantity" AS "quantity"
  FROM "scan_1_delta" AS input
),
-- what is added to the state of each group
"aggregate_3_delta" AS (
  SELECT input."customer" AS "customer",
    coalesce(sum(input."__weight"), 0) AS "__count",
    coalesce(sum(input."__weight") FILTER (WHERE input."amount" IS DISTINCT FROM NULL), 0) AS "__values_1",
    coalesce(sum(input."__weight" * input."amount") FILTER (WHERE input."amount" <> 'NaN'), 0) AS "__sum_1",
    coalesce(sum(input."__weight") FILTER (WHERE input."amount" = 'NaN'), 0) AS "__nan_1",
    coalesce(sum(input."__weight") FILTER (WHERE input."quantity" IS DISTINCT FROM NULL), 0) AS "__values_2",
    coalesce(sum(input."__weight" * input."quantity"::numeric), 0) AS "__sum_2"
  FROM "project_2_delta" AS input
  GROUP BY input."customer"
  HAVING coalesce(sum(input."__weight"), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."amount" IS DISTINCT FROM NULL), 0) <> 0
    OR coalesce(sum(input."__weight" * input."amount") FILTER (WHERE input."amount" <> 'NaN'), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."amount" = 'NaN'), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."quantity" IS DISTINCT FROM NULL), 0) <> 0
    OR coalesce(sum(input."__weight" * input."quantity"::numeric), 0) <> 0
),
-- the new state of each group and where the old one is stored
"groups_matched" AS MATERIALIZED (
  SELECT stored.ctid AS "__row",
    change."customer",
    CASE WHEN coalesce(stored."__count", 0) + change."__count" >= 0 THEN (coalesce(stored."__count", 0) + change."__count")::bigint
      ELSE pgtrickle.refuse_multiplicity(ROW(change."customer")::text) END AS "__count",
    stored."__count" AS "__old_count",
    (coalesce(stored."__values_1", 0) + change."__values_1")::bigint AS "__values_1",
    stored."__values_1" AS "__old_values_1",
    (coalesce(stored."__sum_1", 0) + change."__sum_1")::numeric AS "__sum_1",
    stored."__sum_1" AS "__old_sum_1",
    (coalesce(stored."__nan_1", 0) + change."__nan_1")::bigint AS "__nan_1",
    stored."__nan_1" AS "__old_nan_1",
    (coalesce(stored."__values_2", 0) + change."__values_2")::bigint AS "__values_2",
    stored."__values_2" AS "__old_values_2",
    (coalesce(stored."__sum_2", 0) + change."__sum_2")::bigint AS "__sum_2",
    stored."__sum_2" AS "__old_sum_2"
  FROM "aggregate_3_delta" AS change
  LEFT JOIN LATERAL (
    SELECT stored.ctid AS "ctid", stored.*
    FROM "pgtrickle_data"."some_groups_groups" AS stored
    WHERE stored."__key_1" = change."customer"
    OFFSET 0
  ) AS stored ON true
),
-- the groups that are there, as they are stored
"groups_shown" AS (
  SELECT input."__row", input."customer" AS "__key_1", input."__count", input."__values_1", input."__sum_1", input."__nan_1", input."__values_2", input."__sum_2"
  FROM (
    SELECT states.*,
      CASE WHEN "__values_1" > 0 THEN CASE WHEN "__nan_1" > 0 THEN 'NaN'::numeric ELSE "__sum_1" END END AS "sum",
      CASE WHEN "__values_2" > 0 THEN "__sum_2" END AS "sum_2"
    FROM groups_matched AS states
    WHERE states."__count" > 0
  ) AS input
),
-- groups whose last row is gone
"groups_deleted" AS (
  DELETE FROM "pgtrickle_data"."some_groups_groups" AS stored
  USING groups_matched AS change
  WHERE stored.ctid = change."__row" AND change."__count" = 0
  RETURNING 1
),
-- groups that changed
"groups_updated" AS (
  UPDATE "pgtrickle_data"."some_groups_groups" AS stored
  SET "__count" = change."__count", "__values_1" = change."__values_1", "__sum_1" = change."__sum_1", "__nan_1" = change."__nan_1", "__values_2" = change."__values_2", "__sum_2" = change."__sum_2"
  FROM groups_shown AS change
  WHERE stored.ctid = change."__row"
  RETURNING 1
),
-- new groups
"groups_inserted" AS (
  INSERT INTO "pgtrickle_data"."some_groups_groups" ("__key_1", "__count", "__values_1", "__sum_1", "__nan_1", "__values_2", "__sum_2")
  SELECT change."__key_1", change."__count", change."__values_1", change."__sum_1", change."__nan_1", change."__values_2", change."__sum_2"
  FROM groups_shown AS change
  WHERE change."__row" IS NULL
  RETURNING 1
),
-- what the changed groups put out now, and what they did
"groups_4_delta" AS (
  SELECT 1 AS "__weight",
    states."customer",
    CASE WHEN "__values_1" > 0 THEN CASE WHEN "__nan_1" > 0 THEN 'NaN'::numeric ELSE "__sum_1" END END AS "sum",
    CASE WHEN "__values_2" > 0 THEN "__sum_2" END AS "sum_2"
  FROM groups_matched AS states
  WHERE states."__count" > 0
  UNION ALL
  SELECT -1 AS "__weight",
    states."customer",
    CASE WHEN "__values_1" > 0 THEN CASE WHEN "__nan_1" > 0 THEN 'NaN'::numeric ELSE "__sum_1" END END AS "sum",
    CASE WHEN "__values_2" > 0 THEN "__sum_2" END AS "sum_2"
  FROM (
    SELECT matched."customer", matched."__old_count" AS "__count", matched."__old_values_1" AS "__values_1", matched."__old_sum_1" AS "__sum_1", matched."__old_nan_1" AS "__nan_1", matched."__old_values_2" AS "__values_2", matched."__old_sum_2" AS "__sum_2"
    FROM groups_matched AS matched
    WHERE matched."__row" IS NOT NULL
  ) AS states
),
-- their expressions
"project_5_delta" AS (
  SELECT input."__weight",
    input."customer" AS "customer_2",
    input."sum" AS "sum",
    input."sum_2" AS "sum_2"
  FROM "groups_4_delta" AS input
),
-- those that pass the WHERE clause
"filter_6_delta" AS (
  SELECT input."__weight", input."customer_2", input."sum", input."sum_2"
  FROM "project_5_delta" AS input
  WHERE (input."sum_2" > 9)
),
-- their expressions
"project_7_delta" AS (
  SELECT input."__weight",
    input."customer_2" AS "customer",
    input."sum" AS "total"
  FROM "filter_6_delta" AS input
),
-- one row for each image that changed
"changes" AS (
  SELECT input."__weight", input."customer", input."total",
    sum(greatest(input."__weight", 0)) OVER same_key AS "__added",
    sum(greatest(-input."__weight", 0)) OVER same_key AS "__removed"
  FROM (
    SELECT input."__weight", input."customer", input."total"
    FROM (
      SELECT sum(input."__weight") OVER image AS "__weight", row_number() OVER image AS "__nth", input."customer", input."total"
      FROM "project_7_delta" AS input
      WINDOW image AS (PARTITION BY input."customer", "pg_catalog"."numeric_send"(input."total"))
    ) AS input
    WHERE input."__nth" = 1 AND input."__weight" <> 0
  ) AS input
  WINDOW same_key AS (PARTITION BY input."customer")
),
-- each with its stored row; what does not fit it fails
"matched" AS MATERIALIZED (
  SELECT stored.ctid AS "__row", change."__added", change."customer", change."total",
    CASE
      WHEN change."__added" <= 1
        AND change."__removed" = CASE WHEN stored.ctid IS NULL THEN 0 ELSE 1 END
        AND (change."__weight" > 0 OR record_image_eq(ROW(stored."customer", stored."total"), ROW(change."customer", change."total")))
      THEN change."__weight"
      ELSE pgtrickle.refuse_multiplicity(ROW(change."customer", change."total")::text)
    END AS "__checked"
  FROM "changes" AS change
  LEFT JOIN LATERAL (
    SELECT stored.ctid AS "ctid", stored.*
    FROM "pgtrickle_data"."some_groups" AS stored
    WHERE stored."customer" = change."customer"
    OFFSET 0
  ) AS stored ON true
),
-- keys that are gone
"deleted" AS (
  DELETE FROM "pgtrickle_data"."some_groups" AS stored
  USING matched AS change
  WHERE stored.ctid = change."__row" AND change."__checked" < 0 AND change."__added" = 0
  RETURNING 1
),
-- keys that look different
"updated" AS (
  UPDATE "pgtrickle_data"."some_groups" AS stored
  SET "customer" = change."customer", "total" = change."total"
  FROM matched AS change
  WHERE stored.ctid = change."__row" AND change."__checked" > 0
  RETURNING 1
),
-- new keys
"inserted" AS (
  INSERT INTO "pgtrickle_data"."some_groups" ("customer", "total")
  SELECT change."customer", change."total"
  FROM matched AS change
  WHERE change."__checked" > 0 AND change."__row" IS NULL
  RETURNING 1
)

-- ==== largeDelta
CREATE TEMPORARY TABLE "changes_7_of_some_groups" ON COMMIT DROP AS
SELECT "weight" AS "__weight", "c2" AS "customer", "c4" AS "amount", "c5" AS "quantity"
FROM "pgtrickle_data"."changes_7_1_a"
WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
UNION ALL
SELECT "weight" AS "__weight", "c2" AS "customer", "c4" AS "amount", "c5" AS "quantity"
FROM "pgtrickle_data"."changes_7_1_a"
WHERE "marker" = -1 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  AND EXISTS (SELECT FROM "pgtrickle_data"."changes_7_1_a" WHERE "marker" = 4 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot))
UNION ALL
SELECT "weight" AS "__weight", "c2" AS "customer", "c4" AS "amount", "c5" AS "quantity"
FROM "pgtrickle_data"."changes_7_1_b"
WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
UNION ALL
SELECT "weight" AS "__weight", "c2" AS "customer", "c4" AS "amount", "c5" AS "quantity"
FROM "pgtrickle_data"."changes_7_1_b"
WHERE "marker" = -1 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  AND EXISTS (SELECT FROM "pgtrickle_data"."changes_7_1_b" WHERE "marker" = 4 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot));
ANALYZE pg_temp."changes_7_of_some_groups";
WITH
-- rows of public.orders that changed since the stored frontier
"scan_1_delta" AS (
  SELECT "__weight", "customer", "amount", "quantity"
  FROM pg_temp."changes_7_of_some_groups"
),
-- their expressions
"project_2_delta" AS (
  SELECT input."__weight",
    input."customer" AS "customer",
    input."amount" AS "amount",
    input."quantity" AS "quantity"
  FROM "scan_1_delta" AS input
),
-- what is added to the state of each group
"aggregate_3_delta" AS (
  SELECT input."customer" AS "customer",
    coalesce(sum(input."__weight"), 0) AS "__count",
    coalesce(sum(input."__weight") FILTER (WHERE input."amount" IS DISTINCT FROM NULL), 0) AS "__values_1",
    coalesce(sum(input."__weight" * input."amount") FILTER (WHERE input."amount" <> 'NaN'), 0) AS "__sum_1",
    coalesce(sum(input."__weight") FILTER (WHERE input."amount" = 'NaN'), 0) AS "__nan_1",
    coalesce(sum(input."__weight") FILTER (WHERE input."quantity" IS DISTINCT FROM NULL), 0) AS "__values_2",
    coalesce(sum(input."__weight" * input."quantity"::numeric), 0) AS "__sum_2"
  FROM "project_2_delta" AS input
  GROUP BY input."customer"
  HAVING coalesce(sum(input."__weight"), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."amount" IS DISTINCT FROM NULL), 0) <> 0
    OR coalesce(sum(input."__weight" * input."amount") FILTER (WHERE input."amount" <> 'NaN'), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."amount" = 'NaN'), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."quantity" IS DISTINCT FROM NULL), 0) <> 0
    OR coalesce(sum(input."__weight" * input."quantity"::numeric), 0) <> 0
),
-- the new state of each group and where the old one is stored
"groups_matched" AS MATERIALIZED (
  SELECT stored.ctid AS "__row",
    change."customer",
    CASE WHEN coalesce(stored."__count", 0) + change."__count" >= 0 THEN (coalesce(stored."__count", 0) + change."__count")::bigint
      ELSE pgtrickle.refuse_multiplicity(ROW(change."customer")::text) END AS "__count",
    stored."__count" AS "__old_count",
    (coalesce(stored."__values_1", 0) + change."__values_1")::bigint AS "__values_1",
    stored."__values_1" AS "__old_values_1",
    (coalesce(stored."__sum_1", 0) + change."__sum_1")::numeric AS "__sum_1",
    stored."__sum_1" AS "__old_sum_1",
    (coalesce(stored."__nan_1", 0) + change."__nan_1")::bigint AS "__nan_1",
    stored."__nan_1" AS "__old_nan_1",
    (coalesce(stored."__values_2", 0) + change."__values_2")::bigint AS "__values_2",
    stored."__values_2" AS "__old_values_2",
    (coalesce(stored."__sum_2", 0) + change."__sum_2")::bigint AS "__sum_2",
    stored."__sum_2" AS "__old_sum_2"
  FROM "aggregate_3_delta" AS change
  LEFT JOIN "pgtrickle_data"."some_groups_groups" AS stored ON stored."__key_1" = change."customer"
),
-- the groups that are there, as they are stored
"groups_shown" AS (
  SELECT input."__row", input."customer" AS "__key_1", input."__count", input."__values_1", input."__sum_1", input."__nan_1", input."__values_2", input."__sum_2"
  FROM (
    SELECT states.*,
      CASE WHEN "__values_1" > 0 THEN CASE WHEN "__nan_1" > 0 THEN 'NaN'::numeric ELSE "__sum_1" END END AS "sum",
      CASE WHEN "__values_2" > 0 THEN "__sum_2" END AS "sum_2"
    FROM groups_matched AS states
    WHERE states."__count" > 0
  ) AS input
),
-- groups whose last row is gone
"groups_deleted" AS (
  DELETE FROM "pgtrickle_data"."some_groups_groups" AS stored
  USING groups_matched AS change
  WHERE stored.ctid = change."__row" AND change."__count" = 0
  RETURNING 1
),
-- groups that changed
"groups_updated" AS (
  UPDATE "pgtrickle_data"."some_groups_groups" AS stored
  SET "__count" = change."__count", "__values_1" = change."__values_1", "__sum_1" = change."__sum_1", "__nan_1" = change."__nan_1", "__values_2" = change."__values_2", "__sum_2" = change."__sum_2"
  FROM groups_shown AS change
  WHERE stored.ctid = change."__row"
  RETURNING 1
),
-- new groups
"groups_inserted" AS (
  INSERT INTO "pgtrickle_data"."some_groups_groups" ("__key_1", "__count", "__values_1", "__sum_1", "__nan_1", "__values_2", "__sum_2")
  SELECT change."__key_1", change."__count", change."__values_1", change."__sum_1", change."__nan_1", change."__values_2", change."__sum_2"
  FROM groups_shown AS change
  WHERE change."__row" IS NULL
  RETURNING 1
),
-- what the changed groups put out now, and what they did
"groups_4_delta" AS (
  SELECT 1 AS "__weight",
    states."customer",
    CASE WHEN "__values_1" > 0 THEN CASE WHEN "__nan_1" > 0 THEN 'NaN'::numeric ELSE "__sum_1" END END AS "sum",
    CASE WHEN "__values_2" > 0 THEN "__sum_2" END AS "sum_2"
  FROM groups_matched AS states
  WHERE states."__count" > 0
  UNION ALL
  SELECT -1 AS "__weight",
    states."customer",
    CASE WHEN "__values_1" > 0 THEN CASE WHEN "__nan_1" > 0 THEN 'NaN'::numeric ELSE "__sum_1" END END AS "sum",
    CASE WHEN "__values_2" > 0 THEN "__sum_2" END AS "sum_2"
  FROM (
    SELECT matched."customer", matched."__old_count" AS "__count", matched."__old_values_1" AS "__values_1", matched."__old_sum_1" AS "__sum_1", matched."__old_nan_1" AS "__nan_1", matched."__old_values_2" AS "__values_2", matched."__old_sum_2" AS "__sum_2"
    FROM groups_matched AS matched
    WHERE matched."__row" IS NOT NULL
  ) AS states
),
-- their expressions
"project_5_delta" AS (
  SELECT input."__weight",
    input."customer" AS "customer_2",
    input."sum" AS "sum",
    input."sum_2" AS "sum_2"
  FROM "groups_4_delta" AS input
),
-- those that pass the WHERE clause
"filter_6_delta" AS (
  SELECT input."__weight", input."customer_2", input."sum", input."sum_2"
  FROM "project_5_delta" AS input
  WHERE (input."sum_2" > 9)
),
-- their expressions
"project_7_delta" AS (
  SELECT input."__weight",
    input."customer_2" AS "customer",
    input."sum" AS "total"
  FROM "filter_6_delta" AS input
),
-- one row for each image that changed
"changes" AS (
  SELECT input."__weight", input."customer", input."total",
    sum(greatest(input."__weight", 0)) OVER same_key AS "__added",
    sum(greatest(-input."__weight", 0)) OVER same_key AS "__removed"
  FROM (
    SELECT input."__weight", input."customer", input."total"
    FROM (
      SELECT sum(input."__weight") OVER image AS "__weight", row_number() OVER image AS "__nth", input."customer", input."total"
      FROM "project_7_delta" AS input
      WINDOW image AS (PARTITION BY input."customer", "pg_catalog"."numeric_send"(input."total"))
    ) AS input
    WHERE input."__nth" = 1 AND input."__weight" <> 0
  ) AS input
  WINDOW same_key AS (PARTITION BY input."customer")
),
-- each with its stored row; what does not fit it fails
"matched" AS MATERIALIZED (
  SELECT stored.ctid AS "__row", change."__added", change."customer", change."total",
    CASE
      WHEN change."__added" <= 1
        AND change."__removed" = CASE WHEN stored.ctid IS NULL THEN 0 ELSE 1 END
        AND (change."__weight" > 0 OR record_image_eq(ROW(stored."customer", stored."total"), ROW(change."customer", change."total")))
      THEN change."__weight"
      ELSE pgtrickle.refuse_multiplicity(ROW(change."customer", change."total")::text)
    END AS "__checked"
  FROM "changes" AS change
  LEFT JOIN "pgtrickle_data"."some_groups" AS stored ON stored."customer" = change."customer"
),
-- keys that are gone
"deleted" AS (
  DELETE FROM "pgtrickle_data"."some_groups" AS stored
  USING matched AS change
  WHERE stored.ctid = change."__row" AND change."__checked" < 0 AND change."__added" = 0
  RETURNING 1
),
-- keys that look different
"updated" AS (
  UPDATE "pgtrickle_data"."some_groups" AS stored
  SET "customer" = change."customer", "total" = change."total"
  FROM matched AS change
  WHERE stored.ctid = change."__row" AND change."__checked" > 0
  RETURNING 1
),
-- new keys
"inserted" AS (
  INSERT INTO "pgtrickle_data"."some_groups" ("customer", "total")
  SELECT change."customer", change."total"
  FROM matched AS change
  WHERE change."__checked" > 0 AND change."__row" IS NULL
  RETURNING 1
)

-- ==== fullDifference
CREATE TEMPORARY TABLE "difference_of_some_groups" ON COMMIT DROP AS
SELECT stored.ctid AS "__row", fresh.*
FROM "pgtrickle_data"."some_groups" AS stored
FULL JOIN (
  SELECT true AS "__present", input.*
  FROM (
    SELECT input."customer_2" AS "customer", input."sum" AS "total"
    FROM (
      SELECT input."customer" AS "customer_2", input."sum", input."sum_2"
      FROM (
        SELECT input."customer", sum(input."amount") AS "sum", sum(input."quantity") AS "sum_2"
        FROM (
          SELECT input."customer", input."amount", input."quantity"
          FROM ONLY "public"."orders" AS input
        ) AS input
        GROUP BY input."customer"
      ) AS input
    ) AS input
    WHERE (input."sum_2" > 9)
  ) AS input
) AS fresh
ON stored."customer" = fresh."customer"
WHERE stored.ctid IS NULL OR fresh."__present" IS NULL
  OR record_image_ne(ROW(stored."customer", stored."total"), ROW(fresh."customer", fresh."total"));
ANALYZE pg_temp."difference_of_some_groups";
CREATE TEMPORARY TABLE "difference_of_some_groups_groups" ON COMMIT DROP AS
SELECT stored.ctid AS "__row", fresh.*
FROM "pgtrickle_data"."some_groups_groups" AS stored
FULL JOIN (
  SELECT true AS "__present", input."customer" AS "__key_1", input."__count", input."__values_1", input."__sum_1", input."__nan_1", input."__values_2", input."__sum_2"
  FROM (
    SELECT states.*,
      CASE WHEN "__values_1" > 0 THEN CASE WHEN "__nan_1" > 0 THEN 'NaN'::numeric ELSE "__sum_1" END END AS "sum",
      CASE WHEN "__values_2" > 0 THEN "__sum_2" END AS "sum_2"
    FROM (
      SELECT input."customer", count(*) AS "__count", count(input."amount") AS "__values_1", coalesce(sum(input."amount") FILTER (WHERE input."amount" <> 'NaN'), 0) AS "__sum_1", count(*) FILTER (WHERE input."amount" = 'NaN') AS "__nan_1", count(input."quantity") AS "__values_2", coalesce(sum(input."quantity"), 0) AS "__sum_2"
      FROM (
        SELECT input."customer", input."amount", input."quantity"
        FROM ONLY "public"."orders" AS input
      ) AS input
      GROUP BY input."customer"
    ) AS states
  ) AS input
) AS fresh
ON stored."__key_1" = fresh."__key_1"
WHERE stored.ctid IS NULL OR fresh."__present" IS NULL
  OR record_image_ne(ROW(stored."__key_1", stored."__count", stored."__values_1", stored."__sum_1", stored."__nan_1", stored."__values_2", stored."__sum_2"), ROW(fresh."__key_1", fresh."__count", fresh."__values_1", fresh."__sum_1", fresh."__nan_1", fresh."__values_2", fresh."__sum_2"));
ANALYZE pg_temp."difference_of_some_groups_groups";
WITH
-- stored rows that the query does not have
"deleted" AS (
  DELETE FROM "pgtrickle_data"."some_groups" AS stored
  USING pg_temp."difference_of_some_groups" AS change
  WHERE stored.ctid = change."__row" AND change."__present" IS NULL
  RETURNING 1
),
-- stored rows that look different
"updated" AS (
  UPDATE "pgtrickle_data"."some_groups" AS stored
  SET "customer" = change."customer", "total" = change."total"
  FROM pg_temp."difference_of_some_groups" AS change
  WHERE stored.ctid = change."__row" AND change."__present"
  RETURNING 1
),
-- rows that are not stored
"inserted" AS (
  INSERT INTO "pgtrickle_data"."some_groups" ("customer", "total")
  SELECT change."customer", change."total"
  FROM pg_temp."difference_of_some_groups" AS change
  WHERE change."__row" IS NULL
  RETURNING 1
),
-- stored rows that the query does not have
"groups_deleted" AS (
  DELETE FROM "pgtrickle_data"."some_groups_groups" AS stored
  USING pg_temp."difference_of_some_groups_groups" AS change
  WHERE stored.ctid = change."__row" AND change."__present" IS NULL
  RETURNING 1
),
-- stored rows that look different
"groups_updated" AS (
  UPDATE "pgtrickle_data"."some_groups_groups" AS stored
  SET "__key_1" = change."__key_1", "__count" = change."__count", "__values_1" = change."__values_1", "__sum_1" = change."__sum_1", "__nan_1" = change."__nan_1", "__values_2" = change."__values_2", "__sum_2" = change."__sum_2"
  FROM pg_temp."difference_of_some_groups_groups" AS change
  WHERE stored.ctid = change."__row" AND change."__present"
  RETURNING 1
),
-- rows that are not stored
"groups_inserted" AS (
  INSERT INTO "pgtrickle_data"."some_groups_groups" ("__key_1", "__count", "__values_1", "__sum_1", "__nan_1", "__values_2", "__sum_2")
  SELECT change."__key_1", change."__count", change."__values_1", change."__sum_1", change."__nan_1", change."__values_2", change."__sum_2"
  FROM pg_temp."difference_of_some_groups_groups" AS change
  WHERE change."__row" IS NULL
  RETURNING 1
)
