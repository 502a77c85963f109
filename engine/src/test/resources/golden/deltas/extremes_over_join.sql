-- SELECT c.id, max(o.amount) AS most, count(*) AS n FROM public.orders AS o JOIN public.customer AS c ON c.id = o.customer GROUP BY c.id

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
  SELECT "left"."__weight" AS "__weight", "left"."customer", "left"."amount", "right"."id"
  FROM "scan_1_delta" AS "left"
  JOIN (
    SELECT "customer"."id"
    FROM ONLY "public"."customer" AS "customer"
  ) AS "right"
    ON ("right"."id" = "left"."customer")
),
-- their expressions
"project_3_delta" AS (
  SELECT input."__weight",
    input."id" AS "id",
    input."amount" AS "amount"
  FROM "join_2_delta" AS input
),
-- what is added to the state of each group
"aggregate_4_delta" AS (
  SELECT input."id" AS "id",
    coalesce(sum(input."__weight"), 0) AS "__count",
    coalesce(sum(input."__weight") FILTER (WHERE input."amount" IS DISTINCT FROM NULL), 0) AS "__values_1",
    max(input."amount") FILTER (WHERE input."__weight" > 0) AS "__arrived_greatest_1",
    max(input."amount") FILTER (WHERE input."__weight" < 0) AS "__gone_greatest_1"
  FROM (
    SELECT input."__weight", input."id", input."amount"
    FROM (
      SELECT sum(input."__weight") OVER image AS "__weight", row_number() OVER image AS "__nth", input."id", input."amount"
      FROM "project_3_delta" AS input
      WINDOW image AS (PARTITION BY input."id", "pg_catalog"."numeric_send"(input."amount"))
    ) AS input
    WHERE input."__nth" = 1 AND input."__weight" <> 0
  ) AS input
  GROUP BY input."id"
  HAVING coalesce(sum(input."__weight"), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."amount" IS DISTINCT FROM NULL), 0) <> 0
    OR max(input."amount") FILTER (WHERE input."__weight" > 0) IS DISTINCT FROM max(input."amount") FILTER (WHERE input."__weight" < 0)
),
-- the new state of each group and where the old one is stored
"matched" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__group",
    stored.ctid AS "__row",
    change."id",
    CASE WHEN coalesce(stored."__count", 0) + change."__count" >= 0 THEN (coalesce(stored."__count", 0) + change."__count")::bigint
      ELSE pgtrickle.refuse_multiplicity(ROW(change."id")::text) END AS "__count",
    (coalesce(stored."__values_1", 0) + change."__values_1")::bigint AS "__values_1",
    CASE WHEN stored."__greatest_1" IS NULL OR change."__arrived_greatest_1" >= stored."__greatest_1" OR change."__gone_greatest_1" >= stored."__greatest_1"
      THEN change."__arrived_greatest_1" ELSE stored."__greatest_1" END AS "__greatest_1",
    coalesce(change."__gone_greatest_1" >= stored."__greatest_1", false)
      AND NOT coalesce(change."__arrived_greatest_1" >= stored."__greatest_1", false) AS "__lost_greatest_1"
  FROM "aggregate_4_delta" AS change
  LEFT JOIN LATERAL (
    SELECT stored.ctid AS "ctid", stored.*
    FROM "pgtrickle_data"."extremes_over_join" AS stored
    WHERE stored."id" = change."id"
    OFFSET 0
  ) AS stored ON true
),
-- groups whose least or greatest value has left
"lost" AS MATERIALIZED (
  SELECT matched."__group", matched."id" AS "__key_1", matched."__lost_greatest_1"
  FROM matched
  WHERE matched."__count" > 0 AND (matched."__lost_greatest_1")
),
-- what it is now
"read_again" AS MATERIALIZED (
  SELECT input."__group", max(input."amount") AS "__greatest_1"
  FROM (
    SELECT touched."__group", "input"."id", "input"."amount"
    FROM "lost" AS touched
    JOIN (
      SELECT "customer"."id", "orders"."amount"
      FROM ONLY "public"."orders" AS "orders"
      JOIN ONLY "public"."customer" AS "customer"
        ON ("customer"."id" = "orders"."customer")
    ) AS "input"
      ON ("input"."id") = touched."__key_1"
  ) AS input
  GROUP BY input."__group"
),
-- the new state of each group
"settled" AS MATERIALIZED (
  SELECT
    matched."__row",
    matched."id",
    matched."__count",
    matched."__values_1",
    CASE WHEN matched."__lost_greatest_1" AND matched."__count" > 0 THEN read_again."__greatest_1"
      ELSE matched."__greatest_1" END AS "__greatest_1"
  FROM matched
  LEFT JOIN read_again ON read_again."__group" = matched."__group"
),
-- the groups that are there, as they are stored
"shown" AS (
  SELECT input."__row", input."id" AS "id", input."max" AS "most", input."count" AS "n", input."__count", input."__values_1", input."__greatest_1"
  FROM (
    SELECT states.*,
      "__greatest_1" AS "max",
      "__count" AS "count"
    FROM settled AS states
    WHERE states."__count" > 0
  ) AS input
),
-- groups whose last row is gone
"deleted" AS (
  DELETE FROM "pgtrickle_data"."extremes_over_join" AS stored
  USING matched AS change
  WHERE stored.ctid = change."__row" AND change."__count" = 0
  RETURNING 1
),
-- groups that changed
"updated" AS (
  UPDATE "pgtrickle_data"."extremes_over_join" AS stored
  SET "most" = change."most", "n" = change."n", "__count" = change."__count", "__values_1" = change."__values_1", "__greatest_1" = change."__greatest_1"
  FROM shown AS change
  WHERE stored.ctid = change."__row"
  RETURNING 1
),
-- new groups
"inserted" AS (
  INSERT INTO "pgtrickle_data"."extremes_over_join" ("id", "most", "n", "__count", "__values_1", "__greatest_1")
  SELECT change."id", change."most", change."n", change."__count", change."__values_1", change."__greatest_1"
  FROM shown AS change
  WHERE change."__row" IS NULL
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
-- pairs that come and go
"join_2_delta" AS (
  SELECT "right"."__weight" AS "__weight", "left"."customer", "left"."amount", "right"."id"
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
    input."id" AS "id",
    input."amount" AS "amount"
  FROM "join_2_delta" AS input
),
-- what is added to the state of each group
"aggregate_4_delta" AS (
  SELECT input."id" AS "id",
    coalesce(sum(input."__weight"), 0) AS "__count",
    coalesce(sum(input."__weight") FILTER (WHERE input."amount" IS DISTINCT FROM NULL), 0) AS "__values_1",
    max(input."amount") FILTER (WHERE input."__weight" > 0) AS "__arrived_greatest_1",
    max(input."amount") FILTER (WHERE input."__weight" < 0) AS "__gone_greatest_1"
  FROM (
    SELECT input."__weight", input."id", input."amount"
    FROM (
      SELECT sum(input."__weight") OVER image AS "__weight", row_number() OVER image AS "__nth", input."id", input."amount"
      FROM "project_3_delta" AS input
      WINDOW image AS (PARTITION BY input."id", "pg_catalog"."numeric_send"(input."amount"))
    ) AS input
    WHERE input."__nth" = 1 AND input."__weight" <> 0
  ) AS input
  GROUP BY input."id"
  HAVING coalesce(sum(input."__weight"), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."amount" IS DISTINCT FROM NULL), 0) <> 0
    OR max(input."amount") FILTER (WHERE input."__weight" > 0) IS DISTINCT FROM max(input."amount") FILTER (WHERE input."__weight" < 0)
),
-- the new state of each group and where the old one is stored
"matched" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__group",
    stored.ctid AS "__row",
    change."id",
    CASE WHEN coalesce(stored."__count", 0) + change."__count" >= 0 THEN (coalesce(stored."__count", 0) + change."__count")::bigint
      ELSE pgtrickle.refuse_multiplicity(ROW(change."id")::text) END AS "__count",
    (coalesce(stored."__values_1", 0) + change."__values_1")::bigint AS "__values_1",
    CASE WHEN stored."__greatest_1" IS NULL OR change."__arrived_greatest_1" >= stored."__greatest_1" OR change."__gone_greatest_1" >= stored."__greatest_1"
      THEN change."__arrived_greatest_1" ELSE stored."__greatest_1" END AS "__greatest_1",
    coalesce(change."__gone_greatest_1" >= stored."__greatest_1", false)
      AND NOT coalesce(change."__arrived_greatest_1" >= stored."__greatest_1", false) AS "__lost_greatest_1"
  FROM "aggregate_4_delta" AS change
  LEFT JOIN LATERAL (
    SELECT stored.ctid AS "ctid", stored.*
    FROM "pgtrickle_data"."extremes_over_join" AS stored
    WHERE stored."id" = change."id"
    OFFSET 0
  ) AS stored ON true
),
-- groups whose least or greatest value has left
"lost" AS MATERIALIZED (
  SELECT matched."__group", matched."id" AS "__key_1", matched."__lost_greatest_1"
  FROM matched
  WHERE matched."__count" > 0 AND (matched."__lost_greatest_1")
),
-- what it is now
"read_again" AS MATERIALIZED (
  SELECT input."__group", max(input."amount") AS "__greatest_1"
  FROM (
    SELECT touched."__group", "input"."id", "input"."amount"
    FROM "lost" AS touched
    JOIN (
      SELECT "customer"."id", "orders"."amount"
      FROM ONLY "public"."orders" AS "orders"
      JOIN ONLY "public"."customer" AS "customer"
        ON ("customer"."id" = "orders"."customer")
    ) AS "input"
      ON ("input"."id") = touched."__key_1"
  ) AS input
  GROUP BY input."__group"
),
-- the new state of each group
"settled" AS MATERIALIZED (
  SELECT
    matched."__row",
    matched."id",
    matched."__count",
    matched."__values_1",
    CASE WHEN matched."__lost_greatest_1" AND matched."__count" > 0 THEN read_again."__greatest_1"
      ELSE matched."__greatest_1" END AS "__greatest_1"
  FROM matched
  LEFT JOIN read_again ON read_again."__group" = matched."__group"
),
-- the groups that are there, as they are stored
"shown" AS (
  SELECT input."__row", input."id" AS "id", input."max" AS "most", input."count" AS "n", input."__count", input."__values_1", input."__greatest_1"
  FROM (
    SELECT states.*,
      "__greatest_1" AS "max",
      "__count" AS "count"
    FROM settled AS states
    WHERE states."__count" > 0
  ) AS input
),
-- groups whose last row is gone
"deleted" AS (
  DELETE FROM "pgtrickle_data"."extremes_over_join" AS stored
  USING matched AS change
  WHERE stored.ctid = change."__row" AND change."__count" = 0
  RETURNING 1
),
-- groups that changed
"updated" AS (
  UPDATE "pgtrickle_data"."extremes_over_join" AS stored
  SET "most" = change."most", "n" = change."n", "__count" = change."__count", "__values_1" = change."__values_1", "__greatest_1" = change."__greatest_1"
  FROM shown AS change
  WHERE stored.ctid = change."__row"
  RETURNING 1
),
-- new groups
"inserted" AS (
  INSERT INTO "pgtrickle_data"."extremes_over_join" ("id", "most", "n", "__count", "__values_1", "__greatest_1")
  SELECT change."id", change."most", change."n", change."__count", change."__values_1", change."__greatest_1"
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
  SELECT "weight" AS "__weight", "c1" AS "id"
  FROM "pgtrickle_data"."changes_2_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c1" AS "id"
  FROM "pgtrickle_data"."changes_2_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  LIMIT 1000
),
-- pairs that come and go
"join_3_delta" AS (
  SELECT "left"."__weight" AS "__weight", "left"."customer", "left"."amount", "right"."id"
  FROM "scan_1_delta" AS "left"
  JOIN (
    SELECT "customer"."id"
    FROM ONLY "public"."customer" AS "customer"
  ) AS "right"
    ON ("right"."id" = "left"."customer")
  UNION ALL
  SELECT "right"."__weight" AS "__weight", "left"."customer", "left"."amount", "right"."id"
  FROM "scan_2_delta" AS "right"
  JOIN (
    SELECT "orders"."customer", "orders"."amount"
    FROM ONLY "public"."orders" AS "orders"
  ) AS "left"
    ON ("right"."id" = "left"."customer")
  UNION ALL
  SELECT -"left"."__weight" * "right"."__weight" AS "__weight", "left"."customer", "left"."amount", "right"."id"
  FROM "scan_1_delta" AS "left"
  JOIN "scan_2_delta" AS "right"
    ON ("right"."id" = "left"."customer")
),
-- their expressions
"project_4_delta" AS (
  SELECT input."__weight",
    input."id" AS "id",
    input."amount" AS "amount"
  FROM "join_3_delta" AS input
),
-- what is added to the state of each group
"aggregate_5_delta" AS (
  SELECT input."id" AS "id",
    coalesce(sum(input."__weight"), 0) AS "__count",
    coalesce(sum(input."__weight") FILTER (WHERE input."amount" IS DISTINCT FROM NULL), 0) AS "__values_1",
    max(input."amount") FILTER (WHERE input."__weight" > 0) AS "__arrived_greatest_1",
    max(input."amount") FILTER (WHERE input."__weight" < 0) AS "__gone_greatest_1"
  FROM (
    SELECT input."__weight", input."id", input."amount"
    FROM (
      SELECT sum(input."__weight") OVER image AS "__weight", row_number() OVER image AS "__nth", input."id", input."amount"
      FROM "project_4_delta" AS input
      WINDOW image AS (PARTITION BY input."id", "pg_catalog"."numeric_send"(input."amount"))
    ) AS input
    WHERE input."__nth" = 1 AND input."__weight" <> 0
  ) AS input
  GROUP BY input."id"
  HAVING coalesce(sum(input."__weight"), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."amount" IS DISTINCT FROM NULL), 0) <> 0
    OR max(input."amount") FILTER (WHERE input."__weight" > 0) IS DISTINCT FROM max(input."amount") FILTER (WHERE input."__weight" < 0)
),
-- the new state of each group and where the old one is stored
"matched" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__group",
    stored.ctid AS "__row",
    change."id",
    CASE WHEN coalesce(stored."__count", 0) + change."__count" >= 0 THEN (coalesce(stored."__count", 0) + change."__count")::bigint
      ELSE pgtrickle.refuse_multiplicity(ROW(change."id")::text) END AS "__count",
    (coalesce(stored."__values_1", 0) + change."__values_1")::bigint AS "__values_1",
    CASE WHEN stored."__greatest_1" IS NULL OR change."__arrived_greatest_1" >= stored."__greatest_1" OR change."__gone_greatest_1" >= stored."__greatest_1"
      THEN change."__arrived_greatest_1" ELSE stored."__greatest_1" END AS "__greatest_1",
    coalesce(change."__gone_greatest_1" >= stored."__greatest_1", false)
      AND NOT coalesce(change."__arrived_greatest_1" >= stored."__greatest_1", false) AS "__lost_greatest_1"
  FROM "aggregate_5_delta" AS change
  LEFT JOIN LATERAL (
    SELECT stored.ctid AS "ctid", stored.*
    FROM "pgtrickle_data"."extremes_over_join" AS stored
    WHERE stored."id" = change."id"
    OFFSET 0
  ) AS stored ON true
),
-- groups whose least or greatest value has left
"lost" AS MATERIALIZED (
  SELECT matched."__group", matched."id" AS "__key_1", matched."__lost_greatest_1"
  FROM matched
  WHERE matched."__count" > 0 AND (matched."__lost_greatest_1")
),
-- what it is now
"read_again" AS MATERIALIZED (
  SELECT input."__group", max(input."amount") AS "__greatest_1"
  FROM (
    SELECT touched."__group", "input"."id", "input"."amount"
    FROM "lost" AS touched
    JOIN (
      SELECT "customer"."id", "orders"."amount"
      FROM ONLY "public"."orders" AS "orders"
      JOIN ONLY "public"."customer" AS "customer"
        ON ("customer"."id" = "orders"."customer")
    ) AS "input"
      ON ("input"."id") = touched."__key_1"
  ) AS input
  GROUP BY input."__group"
),
-- the new state of each group
"settled" AS MATERIALIZED (
  SELECT
    matched."__row",
    matched."id",
    matched."__count",
    matched."__values_1",
    CASE WHEN matched."__lost_greatest_1" AND matched."__count" > 0 THEN read_again."__greatest_1"
      ELSE matched."__greatest_1" END AS "__greatest_1"
  FROM matched
  LEFT JOIN read_again ON read_again."__group" = matched."__group"
),
-- the groups that are there, as they are stored
"shown" AS (
  SELECT input."__row", input."id" AS "id", input."max" AS "most", input."count" AS "n", input."__count", input."__values_1", input."__greatest_1"
  FROM (
    SELECT states.*,
      "__greatest_1" AS "max",
      "__count" AS "count"
    FROM settled AS states
    WHERE states."__count" > 0
  ) AS input
),
-- groups whose last row is gone
"deleted" AS (
  DELETE FROM "pgtrickle_data"."extremes_over_join" AS stored
  USING matched AS change
  WHERE stored.ctid = change."__row" AND change."__count" = 0
  RETURNING 1
),
-- groups that changed
"updated" AS (
  UPDATE "pgtrickle_data"."extremes_over_join" AS stored
  SET "most" = change."most", "n" = change."n", "__count" = change."__count", "__values_1" = change."__values_1", "__greatest_1" = change."__greatest_1"
  FROM shown AS change
  WHERE stored.ctid = change."__row"
  RETURNING 1
),
-- new groups
"inserted" AS (
  INSERT INTO "pgtrickle_data"."extremes_over_join" ("id", "most", "n", "__count", "__values_1", "__greatest_1")
  SELECT change."id", change."most", change."n", change."__count", change."__values_1", change."__greatest_1"
  FROM shown AS change
  WHERE change."__row" IS NULL
  RETURNING 1
)
