-- SELECT region, min(amount) AS least, max(amount) AS most FROM public.orders GROUP BY region

-- ==== createStorage
CREATE TABLE "pgtrickle_data"."least_and_greatest" (
  "region" "text",
  "least" numeric,
  "most" numeric,
  "__hash" bigint NOT NULL,
  "__count" bigint NOT NULL,
  "__values_1" bigint NOT NULL,
  "__least_1" numeric(12,2),
  "__greatest_1" numeric(12,2),
  CONSTRAINT "multiplicity_is_positive" CHECK ("__count" > 0)
) WITH (fillfactor = 90);
CREATE INDEX "least_and_greatest_key" ON "pgtrickle_data"."least_and_greatest" ("__hash");
CREATE TABLE "pgtrickle_data"."least_and_greatest_groups" (
  "__key_1" "text",
  "__key_2" numeric(12,2),
  "__hash" bigint NOT NULL,
  "__count" bigint NOT NULL,
  CONSTRAINT "multiplicity_is_positive" CHECK ("__count" > 0)
) WITH (fillfactor = 90);
CREATE INDEX "least_and_greatest_groups_key" ON "pgtrickle_data"."least_and_greatest_groups" ("__hash");
CREATE INDEX "least_and_greatest_groups_order" ON "pgtrickle_data"."least_and_greatest_groups" (hash_record_extended(ROW("__key_1"), 0), "__key_2");

-- ==== initialLoad
WITH
-- the state of all groups
"groups_inserted" AS (
  INSERT INTO "pgtrickle_data"."least_and_greatest_groups" ("__key_1", "__key_2", "__hash", "__count")
  SELECT change."__key_1", change."__key_2", change."__hash", change."__count"
  FROM (
    SELECT input."region" AS "__key_1", input."amount" AS "__key_2", hash_record_extended(ROW(input."region", input."amount"), 0) AS "__hash", input."__count"
    FROM (
      SELECT states.*
      FROM (
        SELECT input."region", input."amount", count(*) AS "__count"
        FROM (
          SELECT input."region", input."amount"
          FROM ONLY "public"."orders" AS input
        ) AS input
        GROUP BY input."region", input."amount"
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
  INSERT INTO "pgtrickle_data"."least_and_greatest" ("region", "least", "most", "__hash", "__count", "__values_1", "__least_1", "__greatest_1")
  SELECT change."region", change."least", change."most", change."__hash", change."__count", change."__values_1", change."__least_1", change."__greatest_1"
  FROM (
    SELECT true AS "__present", input."region_2" AS "region", input."min" AS "least", input."max" AS "most", hash_record_extended(ROW(input."region_2"), 0) AS "__hash", input."__count", input."__values_1", input."__least_1", input."__greatest_1"
    FROM (
      SELECT states.*,
        "__least_1" AS "min",
        "__greatest_1" AS "max"
      FROM (
        SELECT input."region_2", count(*) AS "__count", count(input."value") AS "__values_1", min(input."value") AS "__least_1", max(input."value") AS "__greatest_1"
        FROM (
          SELECT input."region_2", input."value"
          FROM (
            SELECT input."region" AS "region_2", input."amount" AS "value"
            FROM (
              SELECT input."region", input."amount"
              FROM (
                SELECT input."region", input."amount"
                FROM ONLY "public"."orders" AS input
              ) AS input
              GROUP BY input."region", input."amount"
            ) AS input
          ) AS input
        ) AS input
        GROUP BY input."region_2"
      ) AS states
    ) AS input
  ) AS change
  RETURNING 1
)

-- ==== smallDelta
WITH
-- rows of public.orders that changed since the stored frontier
"scan_1_delta" AS MATERIALIZED (
  SELECT "weight" AS "__weight", "c3" AS "region", "c4" AS "amount"
  FROM "pgtrickle_data"."changes_7_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c3" AS "region", "c4" AS "amount"
  FROM "pgtrickle_data"."changes_7_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  LIMIT 1000
),
-- their expressions
"project_2_delta" AS (
  SELECT input."__weight",
    input."region" AS "region",
    input."amount" AS "amount"
  FROM "scan_1_delta" AS input
),
-- what is added to the state of each group
"aggregate_3_delta" AS (
  SELECT input."region" AS "region",
    input."amount" AS "amount",
    coalesce(sum(input."__weight"), 0) AS "__count"
  FROM "project_2_delta" AS input
  GROUP BY input."region", input."amount"
  HAVING coalesce(sum(input."__weight"), 0) <> 0
),
-- the new state of each group and where the old one is stored
"groups_matched" AS MATERIALIZED (
  SELECT stored.ctid AS "__row",
    change."region",
    change."amount",
    CASE WHEN coalesce(stored."__count", 0) + change."__count" >= 0 THEN (coalesce(stored."__count", 0) + change."__count")::bigint
      ELSE pgtrickle.refuse_multiplicity(ROW(change."region", change."amount")::text) END AS "__count",
    stored."__count" AS "__old_count"
  FROM "aggregate_3_delta" AS change
  LEFT JOIN LATERAL (
    SELECT stored.ctid AS "ctid", stored.*
    FROM "pgtrickle_data"."least_and_greatest_groups" AS stored
    WHERE stored."__hash" = hash_record_extended(ROW(change."region", change."amount"), 0) AND stored."__key_1" IS NOT DISTINCT FROM change."region" AND stored."__key_2" IS NOT DISTINCT FROM change."amount"
    OFFSET 0
  ) AS stored ON true
),
-- the groups that are there, as they are stored
"groups_shown" AS (
  SELECT input."__row", input."region" AS "__key_1", input."amount" AS "__key_2", hash_record_extended(ROW(input."region", input."amount"), 0) AS "__hash", input."__count"
  FROM (
    SELECT states.*
    FROM groups_matched AS states
    WHERE states."__count" > 0
  ) AS input
),
-- groups whose last row is gone
"groups_deleted" AS (
  DELETE FROM "pgtrickle_data"."least_and_greatest_groups" AS stored
  USING groups_matched AS change
  WHERE stored.ctid = change."__row" AND change."__count" = 0
  RETURNING 1
),
-- groups that changed
"groups_updated" AS (
  UPDATE "pgtrickle_data"."least_and_greatest_groups" AS stored
  SET "__count" = change."__count"
  FROM groups_shown AS change
  WHERE stored.ctid = change."__row"
  RETURNING 1
),
-- new groups
"groups_inserted" AS (
  INSERT INTO "pgtrickle_data"."least_and_greatest_groups" ("__key_1", "__key_2", "__hash", "__count")
  SELECT change."__key_1", change."__key_2", change."__hash", change."__count"
  FROM groups_shown AS change
  WHERE change."__row" IS NULL
  RETURNING 1
),
-- what the changed groups put out now, and what they did
"groups_4_delta" AS (
  SELECT 1 AS "__weight",
    states."region",
    states."amount"
  FROM groups_matched AS states
  WHERE states."__count" > 0
  UNION ALL
  SELECT -1 AS "__weight",
    states."region",
    states."amount"
  FROM (
    SELECT matched."region", matched."amount", matched."__old_count" AS "__count"
    FROM groups_matched AS matched
    WHERE matched."__row" IS NOT NULL
  ) AS states
),
-- their expressions
"project_5_delta" AS (
  SELECT input."__weight",
    input."region" AS "region_2",
    input."amount" AS "value"
  FROM "groups_4_delta" AS input
),
-- their expressions
"project_6_delta" AS (
  SELECT input."__weight",
    input."region_2" AS "region_2",
    input."value" AS "value"
  FROM "project_5_delta" AS input
),
-- what is added to the state of each group
"aggregate_7_delta" AS (
  SELECT input."region_2" AS "region_2",
    coalesce(sum(input."__weight"), 0) AS "__count",
    coalesce(sum(input."__weight") FILTER (WHERE input."value" IS DISTINCT FROM NULL), 0) AS "__values_1",
    min(input."value") FILTER (WHERE input."__weight" > 0) AS "__arrived_least_1",
    min(input."value") FILTER (WHERE input."__weight" < 0) AS "__gone_least_1",
    max(input."value") FILTER (WHERE input."__weight" > 0) AS "__arrived_greatest_1",
    max(input."value") FILTER (WHERE input."__weight" < 0) AS "__gone_greatest_1"
  FROM (
    SELECT input."__weight", input."region_2", input."value"
    FROM (
      SELECT sum(input."__weight") OVER image AS "__weight", row_number() OVER image AS "__nth", input."region_2", input."value"
      FROM "project_6_delta" AS input
      WINDOW image AS (PARTITION BY input."region_2", "pg_catalog"."numeric_send"(input."value"))
    ) AS input
    WHERE input."__nth" = 1 AND input."__weight" <> 0
  ) AS input
  GROUP BY input."region_2"
  HAVING coalesce(sum(input."__weight"), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."value" IS DISTINCT FROM NULL), 0) <> 0
    OR min(input."value") FILTER (WHERE input."__weight" > 0) IS DISTINCT FROM min(input."value") FILTER (WHERE input."__weight" < 0)
    OR max(input."value") FILTER (WHERE input."__weight" > 0) IS DISTINCT FROM max(input."value") FILTER (WHERE input."__weight" < 0)
),
-- the new state of each group and where the old one is stored
"matched" AS MATERIALIZED (
  SELECT stored.ctid AS "__row",
    change."region_2",
    CASE WHEN coalesce(stored."__count", 0) + change."__count" >= 0 THEN (coalesce(stored."__count", 0) + change."__count")::bigint
      ELSE pgtrickle.refuse_multiplicity(ROW(change."region_2")::text) END AS "__count",
    (coalesce(stored."__values_1", 0) + change."__values_1")::bigint AS "__values_1",
    CASE WHEN stored."__least_1" IS NULL OR change."__arrived_least_1" <= stored."__least_1" OR change."__gone_least_1" <= stored."__least_1"
      THEN change."__arrived_least_1" ELSE stored."__least_1" END AS "__least_1",
    coalesce(change."__gone_least_1" <= stored."__least_1", false)
      AND NOT coalesce(change."__arrived_least_1" <= stored."__least_1", false) AS "__lost_least_1",
    CASE WHEN stored."__greatest_1" IS NULL OR change."__arrived_greatest_1" >= stored."__greatest_1" OR change."__gone_greatest_1" >= stored."__greatest_1"
      THEN change."__arrived_greatest_1" ELSE stored."__greatest_1" END AS "__greatest_1",
    coalesce(change."__gone_greatest_1" >= stored."__greatest_1", false)
      AND NOT coalesce(change."__arrived_greatest_1" >= stored."__greatest_1", false) AS "__lost_greatest_1"
  FROM "aggregate_7_delta" AS change
  LEFT JOIN LATERAL (
    SELECT stored.ctid AS "ctid", stored.*
    FROM "pgtrickle_data"."least_and_greatest" AS stored
    WHERE stored."__hash" = hash_record_extended(ROW(change."region_2"), 0) AND stored."region" IS NOT DISTINCT FROM change."region_2"
    OFFSET 0
  ) AS stored ON true
),
-- the new state of each group
"settled" AS MATERIALIZED (
  SELECT
    matched."__row",
    matched."region_2",
    matched."__count",
    matched."__values_1",
    CASE WHEN matched."__lost_least_1" AND matched."__count" > 0 THEN LEAST(matched."__least_1", (
      SELECT stored."__key_2"
      FROM "pgtrickle_data"."least_and_greatest_groups" AS stored
      WHERE hash_record_extended(ROW(stored."__key_1"), 0) = hash_record_extended(ROW(matched."region_2"), 0)
        AND stored."__key_1" IS NOT DISTINCT FROM matched."region_2"
        AND stored."__key_2" IS NOT NULL
        AND stored.ctid NOT IN (
          SELECT gone."__row" FROM groups_matched AS gone WHERE gone."__count" = 0 AND gone."__row" IS NOT NULL
        )
      ORDER BY stored."__key_2" ASC
      LIMIT 1
    ))
      ELSE matched."__least_1" END AS "__least_1",
    CASE WHEN matched."__lost_greatest_1" AND matched."__count" > 0 THEN GREATEST(matched."__greatest_1", (
      SELECT stored."__key_2"
      FROM "pgtrickle_data"."least_and_greatest_groups" AS stored
      WHERE hash_record_extended(ROW(stored."__key_1"), 0) = hash_record_extended(ROW(matched."region_2"), 0)
        AND stored."__key_1" IS NOT DISTINCT FROM matched."region_2"
        AND stored."__key_2" IS NOT NULL
        AND stored.ctid NOT IN (
          SELECT gone."__row" FROM groups_matched AS gone WHERE gone."__count" = 0 AND gone."__row" IS NOT NULL
        )
      ORDER BY stored."__key_2" DESC
      LIMIT 1
    ))
      ELSE matched."__greatest_1" END AS "__greatest_1"
  FROM matched
),
-- the groups that are there, as they are stored
"shown" AS (
  SELECT input."__row", input."region_2" AS "region", input."min" AS "least", input."max" AS "most", hash_record_extended(ROW(input."region_2"), 0) AS "__hash", input."__count", input."__values_1", input."__least_1", input."__greatest_1"
  FROM (
    SELECT states.*,
      "__least_1" AS "min",
      "__greatest_1" AS "max"
    FROM settled AS states
    WHERE states."__count" > 0
  ) AS input
),
-- groups whose last row is gone
"deleted" AS (
  DELETE FROM "pgtrickle_data"."least_and_greatest" AS stored
  USING matched AS change
  WHERE stored.ctid = change."__row" AND change."__count" = 0
  RETURNING 1
),
-- groups that changed
"updated" AS (
  UPDATE "pgtrickle_data"."least_and_greatest" AS stored
  SET "least" = change."least", "most" = change."most", "__count" = change."__count", "__values_1" = change."__values_1", "__least_1" = change."__least_1", "__greatest_1" = change."__greatest_1"
  FROM shown AS change
  WHERE stored.ctid = change."__row"
  RETURNING 1
),
-- new groups
"inserted" AS (
  INSERT INTO "pgtrickle_data"."least_and_greatest" ("region", "least", "most", "__hash", "__count", "__values_1", "__least_1", "__greatest_1")
  SELECT change."region", change."least", change."most", change."__hash", change."__count", change."__values_1", change."__least_1", change."__greatest_1"
  FROM shown AS change
  WHERE change."__row" IS NULL
  RETURNING 1
)

-- ==== largeDelta
CREATE TEMPORARY TABLE "changes_7_of_least_and_greatest" ON COMMIT DROP AS
SELECT "weight" AS "__weight", "c3" AS "region", "c4" AS "amount"
FROM "pgtrickle_data"."changes_7_1_a"
WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
UNION ALL
SELECT "weight" AS "__weight", "c3" AS "region", "c4" AS "amount"
FROM "pgtrickle_data"."changes_7_1_a"
WHERE "marker" = -1 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  AND EXISTS (SELECT FROM "pgtrickle_data"."changes_7_1_a" WHERE "marker" = 4 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot))
UNION ALL
SELECT "weight" AS "__weight", "c3" AS "region", "c4" AS "amount"
FROM "pgtrickle_data"."changes_7_1_b"
WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
UNION ALL
SELECT "weight" AS "__weight", "c3" AS "region", "c4" AS "amount"
FROM "pgtrickle_data"."changes_7_1_b"
WHERE "marker" = -1 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  AND EXISTS (SELECT FROM "pgtrickle_data"."changes_7_1_b" WHERE "marker" = 4 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot));
ANALYZE pg_temp."changes_7_of_least_and_greatest";
WITH
-- rows of public.orders that changed since the stored frontier
"scan_1_delta" AS (
  SELECT "__weight", "region", "amount"
  FROM pg_temp."changes_7_of_least_and_greatest"
),
-- their expressions
"project_2_delta" AS (
  SELECT input."__weight",
    input."region" AS "region",
    input."amount" AS "amount"
  FROM "scan_1_delta" AS input
),
-- what is added to the state of each group
"aggregate_3_delta" AS (
  SELECT input."region" AS "region",
    input."amount" AS "amount",
    coalesce(sum(input."__weight"), 0) AS "__count"
  FROM "project_2_delta" AS input
  GROUP BY input."region", input."amount"
  HAVING coalesce(sum(input."__weight"), 0) <> 0
),
-- the new state of each group and where the old one is stored
"groups_matched" AS MATERIALIZED (
  SELECT stored.ctid AS "__row",
    change."region",
    change."amount",
    CASE WHEN coalesce(stored."__count", 0) + change."__count" >= 0 THEN (coalesce(stored."__count", 0) + change."__count")::bigint
      ELSE pgtrickle.refuse_multiplicity(ROW(change."region", change."amount")::text) END AS "__count",
    stored."__count" AS "__old_count"
  FROM "aggregate_3_delta" AS change
  LEFT JOIN "pgtrickle_data"."least_and_greatest_groups" AS stored ON stored."__hash" = hash_record_extended(ROW(change."region", change."amount"), 0) AND stored."__key_1" IS NOT DISTINCT FROM change."region" AND stored."__key_2" IS NOT DISTINCT FROM change."amount"
),
-- the groups that are there, as they are stored
"groups_shown" AS (
  SELECT input."__row", input."region" AS "__key_1", input."amount" AS "__key_2", hash_record_extended(ROW(input."region", input."amount"), 0) AS "__hash", input."__count"
  FROM (
    SELECT states.*
    FROM groups_matched AS states
    WHERE states."__count" > 0
  ) AS input
),
-- groups whose last row is gone
"groups_deleted" AS (
  DELETE FROM "pgtrickle_data"."least_and_greatest_groups" AS stored
  USING groups_matched AS change
  WHERE stored.ctid = change."__row" AND change."__count" = 0
  RETURNING 1
),
-- groups that changed
"groups_updated" AS (
  UPDATE "pgtrickle_data"."least_and_greatest_groups" AS stored
  SET "__count" = change."__count"
  FROM groups_shown AS change
  WHERE stored.ctid = change."__row"
  RETURNING 1
),
-- new groups
"groups_inserted" AS (
  INSERT INTO "pgtrickle_data"."least_and_greatest_groups" ("__key_1", "__key_2", "__hash", "__count")
  SELECT change."__key_1", change."__key_2", change."__hash", change."__count"
  FROM groups_shown AS change
  WHERE change."__row" IS NULL
  RETURNING 1
),
-- what the changed groups put out now, and what they did
"groups_4_delta" AS (
  SELECT 1 AS "__weight",
    states."region",
    states."amount"
  FROM groups_matched AS states
  WHERE states."__count" > 0
  UNION ALL
  SELECT -1 AS "__weight",
    states."region",
    states."amount"
  FROM (
    SELECT matched."region", matched."amount", matched."__old_count" AS "__count"
    FROM groups_matched AS matched
    WHERE matched."__row" IS NOT NULL
  ) AS states
),
-- their expressions
"project_5_delta" AS (
  SELECT input."__weight",
    input."region" AS "region_2",
    input."amount" AS "value"
  FROM "groups_4_delta" AS input
),
-- their expressions
"project_6_delta" AS (
  SELECT input."__weight",
    input."region_2" AS "region_2",
    input."value" AS "value"
  FROM "project_5_delta" AS input
),
-- what is added to the state of each group
"aggregate_7_delta" AS (
  SELECT input."region_2" AS "region_2",
    coalesce(sum(input."__weight"), 0) AS "__count",
    coalesce(sum(input."__weight") FILTER (WHERE input."value" IS DISTINCT FROM NULL), 0) AS "__values_1",
    min(input."value") FILTER (WHERE input."__weight" > 0) AS "__arrived_least_1",
    min(input."value") FILTER (WHERE input."__weight" < 0) AS "__gone_least_1",
    max(input."value") FILTER (WHERE input."__weight" > 0) AS "__arrived_greatest_1",
    max(input."value") FILTER (WHERE input."__weight" < 0) AS "__gone_greatest_1"
  FROM (
    SELECT input."__weight", input."region_2", input."value"
    FROM (
      SELECT sum(input."__weight") OVER image AS "__weight", row_number() OVER image AS "__nth", input."region_2", input."value"
      FROM "project_6_delta" AS input
      WINDOW image AS (PARTITION BY input."region_2", "pg_catalog"."numeric_send"(input."value"))
    ) AS input
    WHERE input."__nth" = 1 AND input."__weight" <> 0
  ) AS input
  GROUP BY input."region_2"
  HAVING coalesce(sum(input."__weight"), 0) <> 0
    OR coalesce(sum(input."__weight") FILTER (WHERE input."value" IS DISTINCT FROM NULL), 0) <> 0
    OR min(input."value") FILTER (WHERE input."__weight" > 0) IS DISTINCT FROM min(input."value") FILTER (WHERE input."__weight" < 0)
    OR max(input."value") FILTER (WHERE input."__weight" > 0) IS DISTINCT FROM max(input."value") FILTER (WHERE input."__weight" < 0)
),
-- the new state of each group and where the old one is stored
"matched" AS MATERIALIZED (
  SELECT stored.ctid AS "__row",
    change."region_2",
    CASE WHEN coalesce(stored."__count", 0) + change."__count" >= 0 THEN (coalesce(stored."__count", 0) + change."__count")::bigint
      ELSE pgtrickle.refuse_multiplicity(ROW(change."region_2")::text) END AS "__count",
    (coalesce(stored."__values_1", 0) + change."__values_1")::bigint AS "__values_1",
    CASE WHEN stored."__least_1" IS NULL OR change."__arrived_least_1" <= stored."__least_1" OR change."__gone_least_1" <= stored."__least_1"
      THEN change."__arrived_least_1" ELSE stored."__least_1" END AS "__least_1",
    coalesce(change."__gone_least_1" <= stored."__least_1", false)
      AND NOT coalesce(change."__arrived_least_1" <= stored."__least_1", false) AS "__lost_least_1",
    CASE WHEN stored."__greatest_1" IS NULL OR change."__arrived_greatest_1" >= stored."__greatest_1" OR change."__gone_greatest_1" >= stored."__greatest_1"
      THEN change."__arrived_greatest_1" ELSE stored."__greatest_1" END AS "__greatest_1",
    coalesce(change."__gone_greatest_1" >= stored."__greatest_1", false)
      AND NOT coalesce(change."__arrived_greatest_1" >= stored."__greatest_1", false) AS "__lost_greatest_1"
  FROM "aggregate_7_delta" AS change
  LEFT JOIN "pgtrickle_data"."least_and_greatest" AS stored ON stored."__hash" = hash_record_extended(ROW(change."region_2"), 0) AND stored."region" IS NOT DISTINCT FROM change."region_2"
),
-- the new state of each group
"settled" AS MATERIALIZED (
  SELECT
    matched."__row",
    matched."region_2",
    matched."__count",
    matched."__values_1",
    CASE WHEN matched."__lost_least_1" AND matched."__count" > 0 THEN LEAST(matched."__least_1", (
      SELECT stored."__key_2"
      FROM "pgtrickle_data"."least_and_greatest_groups" AS stored
      WHERE hash_record_extended(ROW(stored."__key_1"), 0) = hash_record_extended(ROW(matched."region_2"), 0)
        AND stored."__key_1" IS NOT DISTINCT FROM matched."region_2"
        AND stored."__key_2" IS NOT NULL
        AND stored.ctid NOT IN (
          SELECT gone."__row" FROM groups_matched AS gone WHERE gone."__count" = 0 AND gone."__row" IS NOT NULL
        )
      ORDER BY stored."__key_2" ASC
      LIMIT 1
    ))
      ELSE matched."__least_1" END AS "__least_1",
    CASE WHEN matched."__lost_greatest_1" AND matched."__count" > 0 THEN GREATEST(matched."__greatest_1", (
      SELECT stored."__key_2"
      FROM "pgtrickle_data"."least_and_greatest_groups" AS stored
      WHERE hash_record_extended(ROW(stored."__key_1"), 0) = hash_record_extended(ROW(matched."region_2"), 0)
        AND stored."__key_1" IS NOT DISTINCT FROM matched."region_2"
        AND stored."__key_2" IS NOT NULL
        AND stored.ctid NOT IN (
          SELECT gone."__row" FROM groups_matched AS gone WHERE gone."__count" = 0 AND gone."__row" IS NOT NULL
        )
      ORDER BY stored."__key_2" DESC
      LIMIT 1
    ))
      ELSE matched."__greatest_1" END AS "__greatest_1"
  FROM matched
),
-- the groups that are there, as they are stored
"shown" AS (
  SELECT input."__row", input."region_2" AS "region", input."min" AS "least", input."max" AS "most", hash_record_extended(ROW(input."region_2"), 0) AS "__hash", input."__count", input."__values_1", input."__least_1", input."__greatest_1"
  FROM (
    SELECT states.*,
      "__least_1" AS "min",
      "__greatest_1" AS "max"
    FROM settled AS states
    WHERE states."__count" > 0
  ) AS input
),
-- groups whose last row is gone
"deleted" AS (
  DELETE FROM "pgtrickle_data"."least_and_greatest" AS stored
  USING matched AS change
  WHERE stored.ctid = change."__row" AND change."__count" = 0
  RETURNING 1
),
-- groups that changed
"updated" AS (
  UPDATE "pgtrickle_data"."least_and_greatest" AS stored
  SET "least" = change."least", "most" = change."most", "__count" = change."__count", "__values_1" = change."__values_1", "__least_1" = change."__least_1", "__greatest_1" = change."__greatest_1"
  FROM shown AS change
  WHERE stored.ctid = change."__row"
  RETURNING 1
),
-- new groups
"inserted" AS (
  INSERT INTO "pgtrickle_data"."least_and_greatest" ("region", "least", "most", "__hash", "__count", "__values_1", "__least_1", "__greatest_1")
  SELECT change."region", change."least", change."most", change."__hash", change."__count", change."__values_1", change."__least_1", change."__greatest_1"
  FROM shown AS change
  WHERE change."__row" IS NULL
  RETURNING 1
)

-- ==== fullDifference
CREATE TEMPORARY TABLE "difference_of_least_and_greatest" ON COMMIT DROP AS
SELECT stored.ctid AS "__row", fresh.*
FROM "pgtrickle_data"."least_and_greatest" AS stored
FULL JOIN (
  SELECT true AS "__present", input."region_2" AS "region", input."min" AS "least", input."max" AS "most", hash_record_extended(ROW(input."region_2"), 0) AS "__hash", input."__count", input."__values_1", input."__least_1", input."__greatest_1"
  FROM (
    SELECT states.*,
      "__least_1" AS "min",
      "__greatest_1" AS "max"
    FROM (
      SELECT input."region_2", count(*) AS "__count", count(input."value") AS "__values_1", min(input."value") AS "__least_1", max(input."value") AS "__greatest_1"
      FROM (
        SELECT input."region_2", input."value"
        FROM (
          SELECT input."region" AS "region_2", input."amount" AS "value"
          FROM (
            SELECT input."region", input."amount"
            FROM (
              SELECT input."region", input."amount"
              FROM ONLY "public"."orders" AS input
            ) AS input
            GROUP BY input."region", input."amount"
          ) AS input
        ) AS input
      ) AS input
      GROUP BY input."region_2"
    ) AS states
  ) AS input
) AS fresh
ON stored."__hash" = fresh."__hash" AND stored."region" IS NOT DISTINCT FROM fresh."region"
WHERE stored.ctid IS NULL OR fresh."__present" IS NULL
  OR record_image_ne(ROW(stored."region", stored."least", stored."most", stored."__hash", stored."__count", stored."__values_1", stored."__least_1", stored."__greatest_1"), ROW(fresh."region", fresh."least", fresh."most", fresh."__hash", fresh."__count", fresh."__values_1", fresh."__least_1", fresh."__greatest_1"));
ANALYZE pg_temp."difference_of_least_and_greatest";
CREATE TEMPORARY TABLE "difference_of_least_and_greatest_groups" ON COMMIT DROP AS
SELECT stored.ctid AS "__row", fresh.*
FROM "pgtrickle_data"."least_and_greatest_groups" AS stored
FULL JOIN (
  SELECT true AS "__present", input."region" AS "__key_1", input."amount" AS "__key_2", hash_record_extended(ROW(input."region", input."amount"), 0) AS "__hash", input."__count"
  FROM (
    SELECT states.*
    FROM (
      SELECT input."region", input."amount", count(*) AS "__count"
      FROM (
        SELECT input."region", input."amount"
        FROM ONLY "public"."orders" AS input
      ) AS input
      GROUP BY input."region", input."amount"
    ) AS states
  ) AS input
) AS fresh
ON stored."__hash" = fresh."__hash" AND stored."__key_1" IS NOT DISTINCT FROM fresh."__key_1" AND stored."__key_2" IS NOT DISTINCT FROM fresh."__key_2"
WHERE stored.ctid IS NULL OR fresh."__present" IS NULL
  OR record_image_ne(ROW(stored."__key_1", stored."__key_2", stored."__hash", stored."__count"), ROW(fresh."__key_1", fresh."__key_2", fresh."__hash", fresh."__count"));
ANALYZE pg_temp."difference_of_least_and_greatest_groups";
WITH
-- stored rows that the query does not have
"deleted" AS (
  DELETE FROM "pgtrickle_data"."least_and_greatest" AS stored
  USING pg_temp."difference_of_least_and_greatest" AS change
  WHERE stored.ctid = change."__row" AND change."__present" IS NULL
  RETURNING 1
),
-- stored rows that look different
"updated" AS (
  UPDATE "pgtrickle_data"."least_and_greatest" AS stored
  SET "region" = change."region", "least" = change."least", "most" = change."most", "__hash" = change."__hash", "__count" = change."__count", "__values_1" = change."__values_1", "__least_1" = change."__least_1", "__greatest_1" = change."__greatest_1"
  FROM pg_temp."difference_of_least_and_greatest" AS change
  WHERE stored.ctid = change."__row" AND change."__present"
  RETURNING 1
),
-- rows that are not stored
"inserted" AS (
  INSERT INTO "pgtrickle_data"."least_and_greatest" ("region", "least", "most", "__hash", "__count", "__values_1", "__least_1", "__greatest_1")
  SELECT change."region", change."least", change."most", change."__hash", change."__count", change."__values_1", change."__least_1", change."__greatest_1"
  FROM pg_temp."difference_of_least_and_greatest" AS change
  WHERE change."__row" IS NULL
  RETURNING 1
),
-- stored rows that the query does not have
"groups_deleted" AS (
  DELETE FROM "pgtrickle_data"."least_and_greatest_groups" AS stored
  USING pg_temp."difference_of_least_and_greatest_groups" AS change
  WHERE stored.ctid = change."__row" AND change."__present" IS NULL
  RETURNING 1
),
-- stored rows that look different
"groups_updated" AS (
  UPDATE "pgtrickle_data"."least_and_greatest_groups" AS stored
  SET "__key_1" = change."__key_1", "__key_2" = change."__key_2", "__hash" = change."__hash", "__count" = change."__count"
  FROM pg_temp."difference_of_least_and_greatest_groups" AS change
  WHERE stored.ctid = change."__row" AND change."__present"
  RETURNING 1
),
-- rows that are not stored
"groups_inserted" AS (
  INSERT INTO "pgtrickle_data"."least_and_greatest_groups" ("__key_1", "__key_2", "__hash", "__count")
  SELECT change."__key_1", change."__key_2", change."__hash", change."__count"
  FROM pg_temp."difference_of_least_and_greatest_groups" AS change
  WHERE change."__row" IS NULL
  RETURNING 1
)
