-- SELECT c.region, max(o.id) AS last, count(*) AS n FROM public.orders AS o JOIN public.customer AS c ON c.id = o.customer GROUP BY c.region

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
-- their expressions
"project_3_delta" AS (
  SELECT input."__weight",
    input."region" AS "region",
    input."id" AS "id"
  FROM "join_2_delta" AS input
),
-- what is added to the state of each group
"aggregate_4_delta" AS (
  SELECT input."region" AS "region",
    coalesce(sum(input."__weight"), 0) AS "__count",
    coalesce(sum(input."__weight") FILTER (WHERE input."id" IS DISTINCT FROM NULL), 0) AS "__values_1",
    max(input."id") FILTER (WHERE input."__weight" > 0) AS "__arrived_greatest_1",
    max(input."id") FILTER (WHERE input."__weight" < 0) AS "__gone_greatest_1"
  FROM (
    SELECT sum(input."__weight") AS "__weight", input."region", input."id"
    FROM "project_3_delta" AS input
    GROUP BY input."region", input."id"
    HAVING sum(input."__weight") <> 0
  ) AS input
  GROUP BY input."region"
  HAVING coalesce(sum(input."__weight"), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."id" IS DISTINCT FROM NULL), 0) <> 0
    OR max(input."id") FILTER (WHERE input."__weight" > 0) IS DISTINCT FROM max(input."id") FILTER (WHERE input."__weight" < 0)
),
-- the new state of each group and where the old one is stored
"matched" AS MATERIALIZED (
  SELECT stored.ctid AS "__row",
    change."region",
    row_number() OVER () AS "__group",
    CASE WHEN coalesce(stored."__count", 0) + change."__count" >= 0 THEN (coalesce(stored."__count", 0) + change."__count")::bigint
      ELSE pgtrickle.refuse_multiplicity(ROW(change."region")::text) END AS "__count",
    (coalesce(stored."__values_1", 0) + change."__values_1")::bigint AS "__values_1",
    CASE WHEN change."__arrived_greatest_1" >= stored."__greatest_1" OR stored."__greatest_1" IS NULL THEN change."__arrived_greatest_1"
      ELSE stored."__greatest_1" END AS "__greatest_1",
    coalesce(change."__gone_greatest_1" >= stored."__greatest_1", false)
      AND NOT coalesce(change."__arrived_greatest_1" >= stored."__greatest_1", false) AS "__lost_greatest_1"
  FROM "aggregate_4_delta" AS change
  LEFT JOIN "pgtrickle_data"."extremes_over_join" AS stored ON stored."__hash" = hash_record_extended(ROW(change."region"), 0) AND stored."region" IS NOT DISTINCT FROM change."region"
),
-- groups whose least or greatest value has left
"lost" AS MATERIALIZED (
  SELECT matched."__group", matched."region" AS "__key_1", matched."__lost_greatest_1"
  FROM matched
  WHERE matched."__count" > 0 AND (matched."__lost_greatest_1")
),
-- what it is now
"read_again" AS (
  SELECT input."__group", max(input."id") AS "__greatest_1"
  FROM (
    SELECT touched."__group", "input"."region", "input"."id"
    FROM "lost" AS touched
    JOIN (
      SELECT "customer"."region", "orders"."id"
      FROM ONLY "public"."orders" AS "orders"
      JOIN ONLY "public"."customer" AS "customer"
        ON ("customer"."id" = "orders"."customer")
    ) AS "input"
      ON ("input"."region") = touched."__key_1"
    UNION ALL
    SELECT touched."__group", "input"."region", "input"."id"
    FROM "lost" AS touched
    JOIN (
      SELECT "customer"."region", "orders"."id"
      FROM ONLY "public"."orders" AS "orders"
      JOIN ONLY "public"."customer" AS "customer"
        ON ("customer"."id" = "orders"."customer")
    ) AS "input"
      ON hash_record_extended(ROW("input"."region"), 0) = hash_record_extended(ROW(touched."__key_1"), 0)
      AND (("input"."region") = touched."__key_1" OR (("input"."region") IS NOT DISTINCT FROM NULL AND touched."__key_1" IS NOT DISTINCT FROM NULL))
    WHERE touched."__key_1" IS NOT DISTINCT FROM NULL
  ) AS input
  GROUP BY input."__group"
),
-- the new state of each group
"settled" AS (
  SELECT
    matched."__row",
    matched."region",
    matched."__count",
    matched."__values_1",
    CASE WHEN matched."__lost_greatest_1" THEN read_again."__greatest_1" ELSE matched."__greatest_1" END AS "__greatest_1"
  FROM matched
  LEFT JOIN read_again ON read_again."__group" = matched."__group"
),
-- the groups that are there, as they are stored
"shown" AS (
  SELECT input."__row", input."region" AS "region", input."max" AS "last", input."count" AS "n", hash_record_extended(ROW(input."region"), 0) AS "__hash", input."__count", input."__values_1", input."__greatest_1"
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
  SET "last" = change."last", "n" = change."n", "__count" = change."__count", "__values_1" = change."__values_1", "__greatest_1" = change."__greatest_1"
  FROM shown AS change
  WHERE stored.ctid = change."__row"
  RETURNING 1
),
-- new groups
"inserted" AS (
  INSERT INTO "pgtrickle_data"."extremes_over_join" ("region", "last", "n", "__hash", "__count", "__values_1", "__greatest_1")
  SELECT change."region", change."last", change."n", change."__hash", change."__count", change."__values_1", change."__greatest_1"
  FROM shown AS change
  WHERE change."__row" IS NULL
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
-- their expressions
"project_3_delta" AS (
  SELECT input."__weight",
    input."region" AS "region",
    input."id" AS "id"
  FROM "join_2_delta" AS input
),
-- what is added to the state of each group
"aggregate_4_delta" AS (
  SELECT input."region" AS "region",
    coalesce(sum(input."__weight"), 0) AS "__count",
    coalesce(sum(input."__weight") FILTER (WHERE input."id" IS DISTINCT FROM NULL), 0) AS "__values_1",
    max(input."id") FILTER (WHERE input."__weight" > 0) AS "__arrived_greatest_1",
    max(input."id") FILTER (WHERE input."__weight" < 0) AS "__gone_greatest_1"
  FROM (
    SELECT sum(input."__weight") AS "__weight", input."region", input."id"
    FROM "project_3_delta" AS input
    GROUP BY input."region", input."id"
    HAVING sum(input."__weight") <> 0
  ) AS input
  GROUP BY input."region"
  HAVING coalesce(sum(input."__weight"), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."id" IS DISTINCT FROM NULL), 0) <> 0
    OR max(input."id") FILTER (WHERE input."__weight" > 0) IS DISTINCT FROM max(input."id") FILTER (WHERE input."__weight" < 0)
),
-- the new state of each group and where the old one is stored
"matched" AS MATERIALIZED (
  SELECT stored.ctid AS "__row",
    change."region",
    row_number() OVER () AS "__group",
    CASE WHEN coalesce(stored."__count", 0) + change."__count" >= 0 THEN (coalesce(stored."__count", 0) + change."__count")::bigint
      ELSE pgtrickle.refuse_multiplicity(ROW(change."region")::text) END AS "__count",
    (coalesce(stored."__values_1", 0) + change."__values_1")::bigint AS "__values_1",
    CASE WHEN change."__arrived_greatest_1" >= stored."__greatest_1" OR stored."__greatest_1" IS NULL THEN change."__arrived_greatest_1"
      ELSE stored."__greatest_1" END AS "__greatest_1",
    coalesce(change."__gone_greatest_1" >= stored."__greatest_1", false)
      AND NOT coalesce(change."__arrived_greatest_1" >= stored."__greatest_1", false) AS "__lost_greatest_1"
  FROM "aggregate_4_delta" AS change
  LEFT JOIN "pgtrickle_data"."extremes_over_join" AS stored ON stored."__hash" = hash_record_extended(ROW(change."region"), 0) AND stored."region" IS NOT DISTINCT FROM change."region"
),
-- groups whose least or greatest value has left
"lost" AS MATERIALIZED (
  SELECT matched."__group", matched."region" AS "__key_1", matched."__lost_greatest_1"
  FROM matched
  WHERE matched."__count" > 0 AND (matched."__lost_greatest_1")
),
-- what it is now
"read_again" AS (
  SELECT input."__group", max(input."id") AS "__greatest_1"
  FROM (
    SELECT touched."__group", "input"."region", "input"."id"
    FROM "lost" AS touched
    JOIN (
      SELECT "customer"."region", "orders"."id"
      FROM ONLY "public"."orders" AS "orders"
      JOIN ONLY "public"."customer" AS "customer"
        ON ("customer"."id" = "orders"."customer")
    ) AS "input"
      ON ("input"."region") = touched."__key_1"
    UNION ALL
    SELECT touched."__group", "input"."region", "input"."id"
    FROM "lost" AS touched
    JOIN (
      SELECT "customer"."region", "orders"."id"
      FROM ONLY "public"."orders" AS "orders"
      JOIN ONLY "public"."customer" AS "customer"
        ON ("customer"."id" = "orders"."customer")
    ) AS "input"
      ON hash_record_extended(ROW("input"."region"), 0) = hash_record_extended(ROW(touched."__key_1"), 0)
      AND (("input"."region") = touched."__key_1" OR (("input"."region") IS NOT DISTINCT FROM NULL AND touched."__key_1" IS NOT DISTINCT FROM NULL))
    WHERE touched."__key_1" IS NOT DISTINCT FROM NULL
  ) AS input
  GROUP BY input."__group"
),
-- the new state of each group
"settled" AS (
  SELECT
    matched."__row",
    matched."region",
    matched."__count",
    matched."__values_1",
    CASE WHEN matched."__lost_greatest_1" THEN read_again."__greatest_1" ELSE matched."__greatest_1" END AS "__greatest_1"
  FROM matched
  LEFT JOIN read_again ON read_again."__group" = matched."__group"
),
-- the groups that are there, as they are stored
"shown" AS (
  SELECT input."__row", input."region" AS "region", input."max" AS "last", input."count" AS "n", hash_record_extended(ROW(input."region"), 0) AS "__hash", input."__count", input."__values_1", input."__greatest_1"
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
  SET "last" = change."last", "n" = change."n", "__count" = change."__count", "__values_1" = change."__values_1", "__greatest_1" = change."__greatest_1"
  FROM shown AS change
  WHERE stored.ctid = change."__row"
  RETURNING 1
),
-- new groups
"inserted" AS (
  INSERT INTO "pgtrickle_data"."extremes_over_join" ("region", "last", "n", "__hash", "__count", "__values_1", "__greatest_1")
  SELECT change."region", change."last", change."n", change."__hash", change."__count", change."__values_1", change."__greatest_1"
  FROM shown AS change
  WHERE change."__row" IS NULL
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
-- their expressions
"project_4_delta" AS (
  SELECT input."__weight",
    input."region" AS "region",
    input."id" AS "id"
  FROM "join_3_delta" AS input
),
-- what is added to the state of each group
"aggregate_5_delta" AS (
  SELECT input."region" AS "region",
    coalesce(sum(input."__weight"), 0) AS "__count",
    coalesce(sum(input."__weight") FILTER (WHERE input."id" IS DISTINCT FROM NULL), 0) AS "__values_1",
    max(input."id") FILTER (WHERE input."__weight" > 0) AS "__arrived_greatest_1",
    max(input."id") FILTER (WHERE input."__weight" < 0) AS "__gone_greatest_1"
  FROM (
    SELECT sum(input."__weight") AS "__weight", input."region", input."id"
    FROM "project_4_delta" AS input
    GROUP BY input."region", input."id"
    HAVING sum(input."__weight") <> 0
  ) AS input
  GROUP BY input."region"
  HAVING coalesce(sum(input."__weight"), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."id" IS DISTINCT FROM NULL), 0) <> 0
    OR max(input."id") FILTER (WHERE input."__weight" > 0) IS DISTINCT FROM max(input."id") FILTER (WHERE input."__weight" < 0)
),
-- the new state of each group and where the old one is stored
"matched" AS MATERIALIZED (
  SELECT stored.ctid AS "__row",
    change."region",
    row_number() OVER () AS "__group",
    CASE WHEN coalesce(stored."__count", 0) + change."__count" >= 0 THEN (coalesce(stored."__count", 0) + change."__count")::bigint
      ELSE pgtrickle.refuse_multiplicity(ROW(change."region")::text) END AS "__count",
    (coalesce(stored."__values_1", 0) + change."__values_1")::bigint AS "__values_1",
    CASE WHEN change."__arrived_greatest_1" >= stored."__greatest_1" OR stored."__greatest_1" IS NULL THEN change."__arrived_greatest_1"
      ELSE stored."__greatest_1" END AS "__greatest_1",
    coalesce(change."__gone_greatest_1" >= stored."__greatest_1", false)
      AND NOT coalesce(change."__arrived_greatest_1" >= stored."__greatest_1", false) AS "__lost_greatest_1"
  FROM "aggregate_5_delta" AS change
  LEFT JOIN "pgtrickle_data"."extremes_over_join" AS stored ON stored."__hash" = hash_record_extended(ROW(change."region"), 0) AND stored."region" IS NOT DISTINCT FROM change."region"
),
-- groups whose least or greatest value has left
"lost" AS MATERIALIZED (
  SELECT matched."__group", matched."region" AS "__key_1", matched."__lost_greatest_1"
  FROM matched
  WHERE matched."__count" > 0 AND (matched."__lost_greatest_1")
),
-- what it is now
"read_again" AS (
  SELECT input."__group", max(input."id") AS "__greatest_1"
  FROM (
    SELECT touched."__group", "input"."region", "input"."id"
    FROM "lost" AS touched
    JOIN (
      SELECT "customer"."region", "orders"."id"
      FROM ONLY "public"."orders" AS "orders"
      JOIN ONLY "public"."customer" AS "customer"
        ON ("customer"."id" = "orders"."customer")
    ) AS "input"
      ON ("input"."region") = touched."__key_1"
    UNION ALL
    SELECT touched."__group", "input"."region", "input"."id"
    FROM "lost" AS touched
    JOIN (
      SELECT "customer"."region", "orders"."id"
      FROM ONLY "public"."orders" AS "orders"
      JOIN ONLY "public"."customer" AS "customer"
        ON ("customer"."id" = "orders"."customer")
    ) AS "input"
      ON hash_record_extended(ROW("input"."region"), 0) = hash_record_extended(ROW(touched."__key_1"), 0)
      AND (("input"."region") = touched."__key_1" OR (("input"."region") IS NOT DISTINCT FROM NULL AND touched."__key_1" IS NOT DISTINCT FROM NULL))
    WHERE touched."__key_1" IS NOT DISTINCT FROM NULL
  ) AS input
  GROUP BY input."__group"
),
-- the new state of each group
"settled" AS (
  SELECT
    matched."__row",
    matched."region",
    matched."__count",
    matched."__values_1",
    CASE WHEN matched."__lost_greatest_1" THEN read_again."__greatest_1" ELSE matched."__greatest_1" END AS "__greatest_1"
  FROM matched
  LEFT JOIN read_again ON read_again."__group" = matched."__group"
),
-- the groups that are there, as they are stored
"shown" AS (
  SELECT input."__row", input."region" AS "region", input."max" AS "last", input."count" AS "n", hash_record_extended(ROW(input."region"), 0) AS "__hash", input."__count", input."__values_1", input."__greatest_1"
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
  SET "last" = change."last", "n" = change."n", "__count" = change."__count", "__values_1" = change."__values_1", "__greatest_1" = change."__greatest_1"
  FROM shown AS change
  WHERE stored.ctid = change."__row"
  RETURNING 1
),
-- new groups
"inserted" AS (
  INSERT INTO "pgtrickle_data"."extremes_over_join" ("region", "last", "n", "__hash", "__count", "__values_1", "__greatest_1")
  SELECT change."region", change."last", change."n", change."__hash", change."__count", change."__values_1", change."__greatest_1"
  FROM shown AS change
  WHERE change."__row" IS NULL
  RETURNING 1
)
