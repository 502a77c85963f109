-- SELECT c.region, count(*) AS orders, sum(o.amount) AS total, avg(c.credit) AS credit FROM public.orders AS o JOIN public.customer AS c ON c.id = o.customer GROUP BY c.region

-- ==== orders changed
WITH
-- rows of public.orders that changed since the stored frontier
"scan_1_delta" AS MATERIALIZED (
  SELECT "weight" AS "__weight", "c2" AS "customer", "c3" AS "amount"
  FROM "pgtrickle_data"."changes_1_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c2" AS "customer", "c3" AS "amount"
  FROM "pgtrickle_data"."changes_1_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  LIMIT 1000
),
-- pairs that come and go
"join_2_delta" AS (
  SELECT "left"."__weight" AS "__weight", "left"."customer", "left"."amount", "right"."id", "right"."region", "right"."credit"
  FROM "scan_1_delta" AS "left"
  JOIN (
    SELECT "customer"."id", "customer"."region", "customer"."credit"
    FROM ONLY "public"."customer" AS "customer"
  ) AS "right"
    ON ("right"."id" = "left"."customer")
),
-- their expressions
"project_3_delta" AS (
  SELECT input."__weight",
    input."region" AS "region",
    input."amount" AS "amount",
    input."credit" AS "credit"
  FROM "join_2_delta" AS input
),
-- what is added to the state of each group
"aggregate_4_delta" AS (
  SELECT input."region" AS "region",
    coalesce(sum(input."__weight"), 0) AS "__count",
    coalesce(sum(input."__weight") FILTER (WHERE input."amount" IS DISTINCT FROM NULL), 0) AS "__values_1",
    coalesce(sum(input."__weight" * input."amount") FILTER (WHERE input."amount" <> 'NaN'), 0) AS "__sum_1",
    coalesce(sum(input."__weight") FILTER (WHERE input."amount" = 'NaN'), 0) AS "__nan_1",
    coalesce(sum(input."__weight") FILTER (WHERE input."credit" IS DISTINCT FROM NULL), 0) AS "__values_2",
    coalesce(sum(input."__weight" * input."credit") FILTER (WHERE scale(input."credit") IS NOT NULL), 0) AS "__sum_2",
    coalesce(sum(input."__weight" * ('1e' || (16 * scale(input."credit")))::numeric), 0) AS "__scales_2",
    coalesce(sum(input."__weight") FILTER (WHERE input."credit" = 'NaN'), 0) AS "__nan_2",
    coalesce(sum(input."__weight") FILTER (WHERE input."credit" = 'Infinity'), 0) AS "__pinf_2",
    coalesce(sum(input."__weight") FILTER (WHERE input."credit" = '-Infinity'), 0) AS "__ninf_2"
  FROM "project_3_delta" AS input
  GROUP BY input."region"
  HAVING coalesce(sum(input."__weight"), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."amount" IS DISTINCT FROM NULL), 0) <> 0
    OR coalesce(sum(input."__weight" * input."amount") FILTER (WHERE input."amount" <> 'NaN'), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."amount" = 'NaN'), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."credit" IS DISTINCT FROM NULL), 0) <> 0
    OR coalesce(sum(input."__weight" * input."credit") FILTER (WHERE scale(input."credit") IS NOT NULL), 0) <> 0
    OR coalesce(sum(input."__weight" * ('1e' || (16 * scale(input."credit")))::numeric), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."credit" = 'NaN'), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."credit" = 'Infinity'), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."credit" = '-Infinity'), 0) <> 0
),
-- the new state of each group and where the old one is stored
"matched" AS MATERIALIZED (
  SELECT stored.ctid AS "__row",
    change."region",
    CASE WHEN coalesce(stored."__count", 0) + change."__count" >= 0 THEN (coalesce(stored."__count", 0) + change."__count")::bigint
      ELSE pgtrickle.refuse_multiplicity(ROW(change."region")::text) END AS "__count",
    (coalesce(stored."__values_1", 0) + change."__values_1")::bigint AS "__values_1",
    (coalesce(stored."__sum_1", 0) + change."__sum_1")::numeric AS "__sum_1",
    (coalesce(stored."__nan_1", 0) + change."__nan_1")::bigint AS "__nan_1",
    (coalesce(stored."__values_2", 0) + change."__values_2")::bigint AS "__values_2",
    (coalesce(stored."__sum_2", 0) + change."__sum_2")::numeric AS "__sum_2",
    (coalesce(stored."__scales_2", 0) + change."__scales_2")::numeric AS "__scales_2",
    (coalesce(stored."__nan_2", 0) + change."__nan_2")::bigint AS "__nan_2",
    (coalesce(stored."__pinf_2", 0) + change."__pinf_2")::bigint AS "__pinf_2",
    (coalesce(stored."__ninf_2", 0) + change."__ninf_2")::bigint AS "__ninf_2"
  FROM "aggregate_4_delta" AS change
  LEFT JOIN LATERAL (
    SELECT stored.ctid AS "ctid", stored.*
    FROM "pgtrickle_data"."sums_over_join" AS stored
    WHERE stored."__hash" = hash_record_extended(ROW(change."region"), 0) AND stored."region" IS NOT DISTINCT FROM change."region"
    OFFSET 0
  ) AS stored ON true
),
-- the groups that are there, as they are stored
"shown" AS (
  SELECT input."__row", input."region" AS "region", input."count" AS "orders", input."sum" AS "total", input."avg" AS "credit", hash_record_extended(ROW(input."region"), 0) AS "__hash", input."__count", input."__values_1", input."__sum_1", input."__nan_1", input."__values_2", input."__sum_2", input."__scales_2", input."__nan_2", input."__pinf_2", input."__ninf_2"
  FROM (
    SELECT states.*,
      "__count" AS "count",
      CASE WHEN "__values_1" > 0 THEN CASE WHEN "__nan_1" > 0 THEN 'NaN'::numeric ELSE "__sum_1" END END AS "sum",
      CASE WHEN "__values_2" > 0 THEN (CASE
      WHEN "__nan_2" > 0 OR ("__pinf_2" > 0 AND "__ninf_2" > 0) THEN 'NaN'::numeric
      WHEN "__pinf_2" > 0 THEN 'Infinity'::numeric
      WHEN "__ninf_2" > 0 THEN '-Infinity'::numeric
      ELSE round("__sum_2", (length("__scales_2"::text) - 1) / 16)
    END)::numeric / "__values_2"::numeric END AS "avg"
    FROM matched AS states
    WHERE states."__count" > 0
  ) AS input
),
-- groups whose last row is gone
"deleted" AS (
  DELETE FROM "pgtrickle_data"."sums_over_join" AS stored
  USING matched AS change
  WHERE stored.ctid = change."__row" AND change."__count" = 0
  RETURNING 1
),
-- groups that changed
"updated" AS (
  UPDATE "pgtrickle_data"."sums_over_join" AS stored
  SET "orders" = change."orders", "total" = change."total", "credit" = change."credit", "__count" = change."__count", "__values_1" = change."__values_1", "__sum_1" = change."__sum_1", "__nan_1" = change."__nan_1", "__values_2" = change."__values_2", "__sum_2" = change."__sum_2", "__scales_2" = change."__scales_2", "__nan_2" = change."__nan_2", "__pinf_2" = change."__pinf_2", "__ninf_2" = change."__ninf_2"
  FROM shown AS change
  WHERE stored.ctid = change."__row"
  RETURNING 1
),
-- new groups
"inserted" AS (
  INSERT INTO "pgtrickle_data"."sums_over_join" ("region", "orders", "total", "credit", "__hash", "__count", "__values_1", "__sum_1", "__nan_1", "__values_2", "__sum_2", "__scales_2", "__nan_2", "__pinf_2", "__ninf_2")
  SELECT change."region", change."orders", change."total", change."credit", change."__hash", change."__count", change."__values_1", change."__sum_1", change."__nan_1", change."__values_2", change."__sum_2", change."__scales_2", change."__nan_2", change."__pinf_2", change."__ninf_2"
  FROM shown AS change
  WHERE change."__row" IS NULL
  RETURNING 1
)


-- ==== customer changed
WITH
-- rows of public.customer that changed since the stored frontier
"scan_1_delta" AS MATERIALIZED (
  SELECT "weight" AS "__weight", "c1" AS "id", "c2" AS "region", "c3" AS "credit"
  FROM "pgtrickle_data"."changes_2_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c1" AS "id", "c2" AS "region", "c3" AS "credit"
  FROM "pgtrickle_data"."changes_2_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  LIMIT 1000
),
-- pairs that come and go
"join_2_delta" AS (
  SELECT "right"."__weight" AS "__weight", "left"."customer", "left"."amount", "right"."id", "right"."region", "right"."credit"
  FROM "scan_1_delta" AS "right"
  JOIN (
    SELECT "orders"."customer", "orders"."amount"
    FROM ONLY "public"."orders" AS "orders"
  ) AS "left"
    ON ("right"."id" = "left"."customer")
),
-- their expressions
"project_3_delta" AS (
  SELECT input."__weight",
    input."region" AS "region",
    input."amount" AS "amount",
    input."credit" AS "credit"
  FROM "join_2_delta" AS input
),
-- what is added to the state of each group
"aggregate_4_delta" AS (
  SELECT input."region" AS "region",
    coalesce(sum(input."__weight"), 0) AS "__count",
    coalesce(sum(input."__weight") FILTER (WHERE input."amount" IS DISTINCT FROM NULL), 0) AS "__values_1",
    coalesce(sum(input."__weight" * input."amount") FILTER (WHERE input."amount" <> 'NaN'), 0) AS "__sum_1",
    coalesce(sum(input."__weight") FILTER (WHERE input."amount" = 'NaN'), 0) AS "__nan_1",
    coalesce(sum(input."__weight") FILTER (WHERE input."credit" IS DISTINCT FROM NULL), 0) AS "__values_2",
    coalesce(sum(input."__weight" * input."credit") FILTER (WHERE scale(input."credit") IS NOT NULL), 0) AS "__sum_2",
    coalesce(sum(input."__weight" * ('1e' || (16 * scale(input."credit")))::numeric), 0) AS "__scales_2",
    coalesce(sum(input."__weight") FILTER (WHERE input."credit" = 'NaN'), 0) AS "__nan_2",
    coalesce(sum(input."__weight") FILTER (WHERE input."credit" = 'Infinity'), 0) AS "__pinf_2",
    coalesce(sum(input."__weight") FILTER (WHERE input."credit" = '-Infinity'), 0) AS "__ninf_2"
  FROM "project_3_delta" AS input
  GROUP BY input."region"
  HAVING coalesce(sum(input."__weight"), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."amount" IS DISTINCT FROM NULL), 0) <> 0
    OR coalesce(sum(input."__weight" * input."amount") FILTER (WHERE input."amount" <> 'NaN'), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."amount" = 'NaN'), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."credit" IS DISTINCT FROM NULL), 0) <> 0
    OR coalesce(sum(input."__weight" * input."credit") FILTER (WHERE scale(input."credit") IS NOT NULL), 0) <> 0
    OR coalesce(sum(input."__weight" * ('1e' || (16 * scale(input."credit")))::numeric), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."credit" = 'NaN'), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."credit" = 'Infinity'), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."credit" = '-Infinity'), 0) <> 0
),
-- the new state of each group and where the old one is stored
"matched" AS MATERIALIZED (
  SELECT stored.ctid AS "__row",
    change."region",
    CASE WHEN coalesce(stored."__count", 0) + change."__count" >= 0 THEN (coalesce(stored."__count", 0) + change."__count")::bigint
      ELSE pgtrickle.refuse_multiplicity(ROW(change."region")::text) END AS "__count",
    (coalesce(stored."__values_1", 0) + change."__values_1")::bigint AS "__values_1",
    (coalesce(stored."__sum_1", 0) + change."__sum_1")::numeric AS "__sum_1",
    (coalesce(stored."__nan_1", 0) + change."__nan_1")::bigint AS "__nan_1",
    (coalesce(stored."__values_2", 0) + change."__values_2")::bigint AS "__values_2",
    (coalesce(stored."__sum_2", 0) + change."__sum_2")::numeric AS "__sum_2",
    (coalesce(stored."__scales_2", 0) + change."__scales_2")::numeric AS "__scales_2",
    (coalesce(stored."__nan_2", 0) + change."__nan_2")::bigint AS "__nan_2",
    (coalesce(stored."__pinf_2", 0) + change."__pinf_2")::bigint AS "__pinf_2",
    (coalesce(stored."__ninf_2", 0) + change."__ninf_2")::bigint AS "__ninf_2"
  FROM "aggregate_4_delta" AS change
  LEFT JOIN LATERAL (
    SELECT stored.ctid AS "ctid", stored.*
    FROM "pgtrickle_data"."sums_over_join" AS stored
    WHERE stored."__hash" = hash_record_extended(ROW(change."region"), 0) AND stored."region" IS NOT DISTINCT FROM change."region"
    OFFSET 0
  ) AS stored ON true
),
-- the groups that are there, as they are stored
"shown" AS (
  SELECT input."__row", input."region" AS "region", input."count" AS "orders", input."sum" AS "total", input."avg" AS "credit", hash_record_extended(ROW(input."region"), 0) AS "__hash", input."__count", input."__values_1", input."__sum_1", input."__nan_1", input."__values_2", input."__sum_2", input."__scales_2", input."__nan_2", input."__pinf_2", input."__ninf_2"
  FROM (
    SELECT states.*,
      "__count" AS "count",
      CASE WHEN "__values_1" > 0 THEN CASE WHEN "__nan_1" > 0 THEN 'NaN'::numeric ELSE "__sum_1" END END AS "sum",
      CASE WHEN "__values_2" > 0 THEN (CASE
      WHEN "__nan_2" > 0 OR ("__pinf_2" > 0 AND "__ninf_2" > 0) THEN 'NaN'::numeric
      WHEN "__pinf_2" > 0 THEN 'Infinity'::numeric
      WHEN "__ninf_2" > 0 THEN '-Infinity'::numeric
      ELSE round("__sum_2", (length("__scales_2"::text) - 1) / 16)
    END)::numeric / "__values_2"::numeric END AS "avg"
    FROM matched AS states
    WHERE states."__count" > 0
  ) AS input
),
-- groups whose last row is gone
"deleted" AS (
  DELETE FROM "pgtrickle_data"."sums_over_join" AS stored
  USING matched AS change
  WHERE stored.ctid = change."__row" AND change."__count" = 0
  RETURNING 1
),
-- groups that changed
"updated" AS (
  UPDATE "pgtrickle_data"."sums_over_join" AS stored
  SET "orders" = change."orders", "total" = change."total", "credit" = change."credit", "__count" = change."__count", "__values_1" = change."__values_1", "__sum_1" = change."__sum_1", "__nan_1" = change."__nan_1", "__values_2" = change."__values_2", "__sum_2" = change."__sum_2", "__scales_2" = change."__scales_2", "__nan_2" = change."__nan_2", "__pinf_2" = change."__pinf_2", "__ninf_2" = change."__ninf_2"
  FROM shown AS change
  WHERE stored.ctid = change."__row"
  RETURNING 1
),
-- new groups
"inserted" AS (
  INSERT INTO "pgtrickle_data"."sums_over_join" ("region", "orders", "total", "credit", "__hash", "__count", "__values_1", "__sum_1", "__nan_1", "__values_2", "__sum_2", "__scales_2", "__nan_2", "__pinf_2", "__ninf_2")
  SELECT change."region", change."orders", change."total", change."credit", change."__hash", change."__count", change."__values_1", change."__sum_1", change."__nan_1", change."__values_2", change."__sum_2", change."__scales_2", change."__nan_2", change."__pinf_2", change."__ninf_2"
  FROM shown AS change
  WHERE change."__row" IS NULL
  RETURNING 1
)


-- ==== both changed
WITH
-- rows of public.orders that changed since the stored frontier
"scan_1_delta" AS MATERIALIZED (
  SELECT "weight" AS "__weight", "c2" AS "customer", "c3" AS "amount"
  FROM "pgtrickle_data"."changes_1_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c2" AS "customer", "c3" AS "amount"
  FROM "pgtrickle_data"."changes_1_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  LIMIT 1000
),
-- rows of public.customer that changed since the stored frontier
"scan_2_delta" AS MATERIALIZED (
  SELECT "weight" AS "__weight", "c1" AS "id", "c2" AS "region", "c3" AS "credit"
  FROM "pgtrickle_data"."changes_2_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c1" AS "id", "c2" AS "region", "c3" AS "credit"
  FROM "pgtrickle_data"."changes_2_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  LIMIT 1000
),
-- pairs that come and go
"join_3_delta" AS (
  SELECT "left"."__weight" AS "__weight", "left"."customer", "left"."amount", "right"."id", "right"."region", "right"."credit"
  FROM "scan_1_delta" AS "left"
  JOIN (
    SELECT "customer"."id", "customer"."region", "customer"."credit"
    FROM ONLY "public"."customer" AS "customer"
  ) AS "right"
    ON ("right"."id" = "left"."customer")
  UNION ALL
  SELECT "right"."__weight" AS "__weight", "left"."customer", "left"."amount", "right"."id", "right"."region", "right"."credit"
  FROM "scan_2_delta" AS "right"
  JOIN (
    SELECT "orders"."customer", "orders"."amount"
    FROM ONLY "public"."orders" AS "orders"
  ) AS "left"
    ON ("right"."id" = "left"."customer")
  UNION ALL
  SELECT -"left"."__weight" * "right"."__weight" AS "__weight", "left"."customer", "left"."amount", "right"."id", "right"."region", "right"."credit"
  FROM "scan_1_delta" AS "left"
  JOIN "scan_2_delta" AS "right"
    ON ("right"."id" = "left"."customer")
),
-- their expressions
"project_4_delta" AS (
  SELECT input."__weight",
    input."region" AS "region",
    input."amount" AS "amount",
    input."credit" AS "credit"
  FROM "join_3_delta" AS input
),
-- what is added to the state of each group
"aggregate_5_delta" AS (
  SELECT input."region" AS "region",
    coalesce(sum(input."__weight"), 0) AS "__count",
    coalesce(sum(input."__weight") FILTER (WHERE input."amount" IS DISTINCT FROM NULL), 0) AS "__values_1",
    coalesce(sum(input."__weight" * input."amount") FILTER (WHERE input."amount" <> 'NaN'), 0) AS "__sum_1",
    coalesce(sum(input."__weight") FILTER (WHERE input."amount" = 'NaN'), 0) AS "__nan_1",
    coalesce(sum(input."__weight") FILTER (WHERE input."credit" IS DISTINCT FROM NULL), 0) AS "__values_2",
    coalesce(sum(input."__weight" * input."credit") FILTER (WHERE scale(input."credit") IS NOT NULL), 0) AS "__sum_2",
    coalesce(sum(input."__weight" * ('1e' || (16 * scale(input."credit")))::numeric), 0) AS "__scales_2",
    coalesce(sum(input."__weight") FILTER (WHERE input."credit" = 'NaN'), 0) AS "__nan_2",
    coalesce(sum(input."__weight") FILTER (WHERE input."credit" = 'Infinity'), 0) AS "__pinf_2",
    coalesce(sum(input."__weight") FILTER (WHERE input."credit" = '-Infinity'), 0) AS "__ninf_2"
  FROM "project_4_delta" AS input
  GROUP BY input."region"
  HAVING coalesce(sum(input."__weight"), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."amount" IS DISTINCT FROM NULL), 0) <> 0
    OR coalesce(sum(input."__weight" * input."amount") FILTER (WHERE input."amount" <> 'NaN'), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."amount" = 'NaN'), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."credit" IS DISTINCT FROM NULL), 0) <> 0
    OR coalesce(sum(input."__weight" * input."credit") FILTER (WHERE scale(input."credit") IS NOT NULL), 0) <> 0
    OR coalesce(sum(input."__weight" * ('1e' || (16 * scale(input."credit")))::numeric), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."credit" = 'NaN'), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."credit" = 'Infinity'), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."credit" = '-Infinity'), 0) <> 0
),
-- the new state of each group and where the old one is stored
"matched" AS MATERIALIZED (
  SELECT stored.ctid AS "__row",
    change."region",
    CASE WHEN coalesce(stored."__count", 0) + change."__count" >= 0 THEN (coalesce(stored."__count", 0) + change."__count")::bigint
      ELSE pgtrickle.refuse_multiplicity(ROW(change."region")::text) END AS "__count",
    (coalesce(stored."__values_1", 0) + change."__values_1")::bigint AS "__values_1",
    (coalesce(stored."__sum_1", 0) + change."__sum_1")::numeric AS "__sum_1",
    (coalesce(stored."__nan_1", 0) + change."__nan_1")::bigint AS "__nan_1",
    (coalesce(stored."__values_2", 0) + change."__values_2")::bigint AS "__values_2",
    (coalesce(stored."__sum_2", 0) + change."__sum_2")::numeric AS "__sum_2",
    (coalesce(stored."__scales_2", 0) + change."__scales_2")::numeric AS "__scales_2",
    (coalesce(stored."__nan_2", 0) + change."__nan_2")::bigint AS "__nan_2",
    (coalesce(stored."__pinf_2", 0) + change."__pinf_2")::bigint AS "__pinf_2",
    (coalesce(stored."__ninf_2", 0) + change."__ninf_2")::bigint AS "__ninf_2"
  FROM "aggregate_5_delta" AS change
  LEFT JOIN LATERAL (
    SELECT stored.ctid AS "ctid", stored.*
    FROM "pgtrickle_data"."sums_over_join" AS stored
    WHERE stored."__hash" = hash_record_extended(ROW(change."region"), 0) AND stored."region" IS NOT DISTINCT FROM change."region"
    OFFSET 0
  ) AS stored ON true
),
-- the groups that are there, as they are stored
"shown" AS (
  SELECT input."__row", input."region" AS "region", input."count" AS "orders", input."sum" AS "total", input."avg" AS "credit", hash_record_extended(ROW(input."region"), 0) AS "__hash", input."__count", input."__values_1", input."__sum_1", input."__nan_1", input."__values_2", input."__sum_2", input."__scales_2", input."__nan_2", input."__pinf_2", input."__ninf_2"
  FROM (
    SELECT states.*,
      "__count" AS "count",
      CASE WHEN "__values_1" > 0 THEN CASE WHEN "__nan_1" > 0 THEN 'NaN'::numeric ELSE "__sum_1" END END AS "sum",
      CASE WHEN "__values_2" > 0 THEN (CASE
      WHEN "__nan_2" > 0 OR ("__pinf_2" > 0 AND "__ninf_2" > 0) THEN 'NaN'::numeric
      WHEN "__pinf_2" > 0 THEN 'Infinity'::numeric
      WHEN "__ninf_2" > 0 THEN '-Infinity'::numeric
      ELSE round("__sum_2", (length("__scales_2"::text) - 1) / 16)
    END)::numeric / "__values_2"::numeric END AS "avg"
    FROM matched AS states
    WHERE states."__count" > 0
  ) AS input
),
-- groups whose last row is gone
"deleted" AS (
  DELETE FROM "pgtrickle_data"."sums_over_join" AS stored
  USING matched AS change
  WHERE stored.ctid = change."__row" AND change."__count" = 0
  RETURNING 1
),
-- groups that changed
"updated" AS (
  UPDATE "pgtrickle_data"."sums_over_join" AS stored
  SET "orders" = change."orders", "total" = change."total", "credit" = change."credit", "__count" = change."__count", "__values_1" = change."__values_1", "__sum_1" = change."__sum_1", "__nan_1" = change."__nan_1", "__values_2" = change."__values_2", "__sum_2" = change."__sum_2", "__scales_2" = change."__scales_2", "__nan_2" = change."__nan_2", "__pinf_2" = change."__pinf_2", "__ninf_2" = change."__ninf_2"
  FROM shown AS change
  WHERE stored.ctid = change."__row"
  RETURNING 1
),
-- new groups
"inserted" AS (
  INSERT INTO "pgtrickle_data"."sums_over_join" ("region", "orders", "total", "credit", "__hash", "__count", "__values_1", "__sum_1", "__nan_1", "__values_2", "__sum_2", "__scales_2", "__nan_2", "__pinf_2", "__ninf_2")
  SELECT change."region", change."orders", change."total", change."credit", change."__hash", change."__count", change."__values_1", change."__sum_1", change."__nan_1", change."__values_2", change."__sum_2", change."__scales_2", change."__nan_2", change."__pinf_2", change."__ninf_2"
  FROM shown AS change
  WHERE change."__row" IS NULL
  RETURNING 1
)
