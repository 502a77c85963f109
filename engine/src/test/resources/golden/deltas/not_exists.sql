-- SELECT c.region FROM public.customer AS c WHERE NOT EXISTS (SELECT FROM public.orders AS o WHERE o.customer = c.id)

-- ==== orders changed
WITH
-- rows of public.orders that changed since the stored frontier
"scan_1_delta" AS MATERIALIZED (
  SELECT "weight" AS "__weight", "c2" AS "customer"
  FROM "pgtrickle_data"."changes_1_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c2" AS "customer"
  FROM "pgtrickle_data"."changes_1_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  LIMIT 1000
),
-- their expressions
"project_2_delta" AS (
  SELECT input."__weight",
    input."customer" AS "customer"
  FROM "scan_1_delta" AS input
),
-- keys whose matches may have changed
"anti_3_touched" AS MATERIALIZED (
  SELECT "other"."customer" AS "__key_1"
  FROM "project_2_delta" AS "other"
  GROUP BY "other"."customer"
  HAVING sum("other"."__weight") <> 0
),
-- changed rows, and present ones whose matches changed
"anti_4_probe" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__row", input.*
  FROM (
    SELECT true AS "__present", 1 AS "__weight", "kept"."id", "kept"."region"
    FROM "anti_3_touched" AS "touched"
    JOIN (
      SELECT "customer"."id", "customer"."region"
      FROM ONLY "public"."customer" AS "customer"
    ) AS "kept"
      ON ("kept"."id") = "touched"."__key_1"
  ) AS input
),
-- by how many the matches of each have become more
"anti_5_met" AS MATERIALIZED (
  SELECT probe."__row", sum("other"."__weight")::bigint AS "__more"
  FROM "anti_4_probe" AS probe
  JOIN "project_2_delta" AS "other"
    ON ("other"."customer" = "probe"."id")
  GROUP BY probe."__row"
),
-- how many matches each has
"anti_6_now" AS MATERIALIZED (
  SELECT probe."__row", count(*) AS "__now"
  FROM "anti_4_probe" AS probe
  JOIN (
    SELECT "orders"."customer"
    FROM ONLY "public"."orders" AS "orders"
  ) AS "other"
    ON ("other"."customer" = "probe"."id")
  GROUP BY probe."__row"
),
-- rows that are put out since, or no more
"anti_7_delta" AS (
  SELECT CASE WHEN "__present" THEN ("__now" = 0)::int - ("__now" <= "__more")::int ELSE "__weight" * ("__now" <= "__more")::int END AS "__weight", "counted"."id", "counted"."region"
  FROM (
    SELECT probe."__present", probe."__weight", "probe"."id", "probe"."region", coalesce(met."__more", 0) AS "__more", coalesce(present."__now", 0) AS "__now"
    FROM "anti_4_probe" AS probe
    LEFT JOIN "anti_5_met" AS met ON met."__row" = probe."__row"
    LEFT JOIN "anti_6_now" AS present ON present."__row" = probe."__row"
  ) AS counted
  WHERE CASE WHEN "__present" THEN ("__now" = 0)::int - ("__now" <= "__more")::int ELSE "__weight" * ("__now" <= "__more")::int END <> 0
),
-- their expressions
"project_8_delta" AS (
  SELECT input."__weight",
    input."region" AS "region"
  FROM "anti_7_delta" AS input
),
-- one row for each image that changed
"changes" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__change", input.*, hash_record_extended(ROW(input."region"), 0) AS "__hash"
  FROM (
    SELECT sum(input."__weight") AS "__weight", input."region"
    FROM "project_8_delta" AS input
    GROUP BY input."region"
    HAVING sum(input."__weight") <> 0
  ) AS input
),
-- the copies that must go; too few of them fail
"matched" AS MATERIALIZED (
  SELECT stored."__row",
    CASE
      WHEN count(stored."__row") OVER (PARTITION BY change."__change") = -change."__weight"
      THEN -change."__weight"
      ELSE pgtrickle.refuse_multiplicity(ROW(change."region")::text)
    END AS "__copies"
  FROM "changes" AS change
  LEFT JOIN LATERAL (
    SELECT candidate.ctid AS "__row"
    FROM "pgtrickle_data"."not_exists" AS candidate
    WHERE candidate."__hash" = change."__hash" AND record_image_eq(ROW(candidate."region"), ROW(change."region"))
    LIMIT -change."__weight"
  ) AS stored ON true
  WHERE change."__weight" < 0
),
-- one row for each copy
"deleted" AS (
  DELETE FROM "pgtrickle_data"."not_exists" AS stored
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
  INSERT INTO "pgtrickle_data"."not_exists" ("region", "__hash")
  SELECT change."region", change."__hash"
  FROM "changes" AS change
  CROSS JOIN LATERAL generate_series(1, change."__weight") AS copy
  WHERE change."__weight" > 0
  RETURNING 1
)


-- ==== customer changed
WITH
-- rows of public.customer that changed since the stored frontier
"scan_1_delta" AS MATERIALIZED (
  SELECT "weight" AS "__weight", "c1" AS "id", "c2" AS "region"
  FROM "pgtrickle_data"."changes_2_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c1" AS "id", "c2" AS "region"
  FROM "pgtrickle_data"."changes_2_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  LIMIT 1000
),
-- changed rows, and present ones whose matches changed
"anti_2_probe" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__row", input.*
  FROM (
    SELECT false AS "__present", "kept"."__weight", "kept"."id", "kept"."region"
    FROM "scan_1_delta" AS "kept"
  ) AS input
),
-- how many matches each has
"anti_3_now" AS MATERIALIZED (
  SELECT probe."__row", count(*) AS "__now"
  FROM "anti_2_probe" AS probe
  JOIN (
    SELECT "orders"."customer"
    FROM ONLY "public"."orders" AS "orders"
  ) AS "other"
    ON ("other"."customer" = "probe"."id")
  GROUP BY probe."__row"
),
-- rows that are put out since, or no more
"anti_4_delta" AS (
  SELECT CASE WHEN "__present" THEN ("__now" = 0)::int - ("__now" <= "__more")::int ELSE "__weight" * ("__now" <= "__more")::int END AS "__weight", "counted"."id", "counted"."region"
  FROM (
    SELECT probe."__present", probe."__weight", "probe"."id", "probe"."region", 0 AS "__more", coalesce(present."__now", 0) AS "__now"
    FROM "anti_2_probe" AS probe
    LEFT JOIN "anti_3_now" AS present ON present."__row" = probe."__row"
  ) AS counted
  WHERE CASE WHEN "__present" THEN ("__now" = 0)::int - ("__now" <= "__more")::int ELSE "__weight" * ("__now" <= "__more")::int END <> 0
),
-- their expressions
"project_5_delta" AS (
  SELECT input."__weight",
    input."region" AS "region"
  FROM "anti_4_delta" AS input
),
-- one row for each image that changed
"changes" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__change", input.*, hash_record_extended(ROW(input."region"), 0) AS "__hash"
  FROM (
    SELECT sum(input."__weight") AS "__weight", input."region"
    FROM "project_5_delta" AS input
    GROUP BY input."region"
    HAVING sum(input."__weight") <> 0
  ) AS input
),
-- the copies that must go; too few of them fail
"matched" AS MATERIALIZED (
  SELECT stored."__row",
    CASE
      WHEN count(stored."__row") OVER (PARTITION BY change."__change") = -change."__weight"
      THEN -change."__weight"
      ELSE pgtrickle.refuse_multiplicity(ROW(change."region")::text)
    END AS "__copies"
  FROM "changes" AS change
  LEFT JOIN LATERAL (
    SELECT candidate.ctid AS "__row"
    FROM "pgtrickle_data"."not_exists" AS candidate
    WHERE candidate."__hash" = change."__hash" AND record_image_eq(ROW(candidate."region"), ROW(change."region"))
    LIMIT -change."__weight"
  ) AS stored ON true
  WHERE change."__weight" < 0
),
-- one row for each copy
"deleted" AS (
  DELETE FROM "pgtrickle_data"."not_exists" AS stored
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
  INSERT INTO "pgtrickle_data"."not_exists" ("region", "__hash")
  SELECT change."region", change."__hash"
  FROM "changes" AS change
  CROSS JOIN LATERAL generate_series(1, change."__weight") AS copy
  WHERE change."__weight" > 0
  RETURNING 1
)


-- ==== both changed
WITH
-- rows of public.customer that changed since the stored frontier
"scan_1_delta" AS MATERIALIZED (
  SELECT "weight" AS "__weight", "c1" AS "id", "c2" AS "region"
  FROM "pgtrickle_data"."changes_2_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c1" AS "id", "c2" AS "region"
  FROM "pgtrickle_data"."changes_2_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  LIMIT 1000
),
-- rows of public.orders that changed since the stored frontier
"scan_2_delta" AS MATERIALIZED (
  SELECT "weight" AS "__weight", "c2" AS "customer"
  FROM "pgtrickle_data"."changes_1_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c2" AS "customer"
  FROM "pgtrickle_data"."changes_1_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  LIMIT 1000
),
-- their expressions
"project_3_delta" AS (
  SELECT input."__weight",
    input."customer" AS "customer"
  FROM "scan_2_delta" AS input
),
-- keys whose matches may have changed
"anti_4_touched" AS MATERIALIZED (
  SELECT "other"."customer" AS "__key_1"
  FROM "project_3_delta" AS "other"
  GROUP BY "other"."customer"
  HAVING sum("other"."__weight") <> 0
),
-- changed rows, and present ones whose matches changed
"anti_5_probe" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__row", input.*
  FROM (
    SELECT false AS "__present", "kept"."__weight", "kept"."id", "kept"."region"
    FROM "scan_1_delta" AS "kept"
    UNION ALL
    SELECT true AS "__present", 1 AS "__weight", "kept"."id", "kept"."region"
    FROM "anti_4_touched" AS "touched"
    JOIN (
      SELECT "customer"."id", "customer"."region"
      FROM ONLY "public"."customer" AS "customer"
    ) AS "kept"
      ON ("kept"."id") = "touched"."__key_1"
  ) AS input
),
-- by how many the matches of each have become more
"anti_6_met" AS MATERIALIZED (
  SELECT probe."__row", sum("other"."__weight")::bigint AS "__more"
  FROM "anti_5_probe" AS probe
  JOIN "project_3_delta" AS "other"
    ON ("other"."customer" = "probe"."id")
  GROUP BY probe."__row"
),
-- how many matches each has
"anti_7_now" AS MATERIALIZED (
  SELECT probe."__row", count(*) AS "__now"
  FROM "anti_5_probe" AS probe
  JOIN (
    SELECT "orders"."customer"
    FROM ONLY "public"."orders" AS "orders"
  ) AS "other"
    ON ("other"."customer" = "probe"."id")
  GROUP BY probe."__row"
),
-- rows that are put out since, or no more
"anti_8_delta" AS (
  SELECT CASE WHEN "__present" THEN ("__now" = 0)::int - ("__now" <= "__more")::int ELSE "__weight" * ("__now" <= "__more")::int END AS "__weight", "counted"."id", "counted"."region"
  FROM (
    SELECT probe."__present", probe."__weight", "probe"."id", "probe"."region", coalesce(met."__more", 0) AS "__more", coalesce(present."__now", 0) AS "__now"
    FROM "anti_5_probe" AS probe
    LEFT JOIN "anti_6_met" AS met ON met."__row" = probe."__row"
    LEFT JOIN "anti_7_now" AS present ON present."__row" = probe."__row"
  ) AS counted
  WHERE CASE WHEN "__present" THEN ("__now" = 0)::int - ("__now" <= "__more")::int ELSE "__weight" * ("__now" <= "__more")::int END <> 0
),
-- their expressions
"project_9_delta" AS (
  SELECT input."__weight",
    input."region" AS "region"
  FROM "anti_8_delta" AS input
),
-- one row for each image that changed
"changes" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__change", input.*, hash_record_extended(ROW(input."region"), 0) AS "__hash"
  FROM (
    SELECT sum(input."__weight") AS "__weight", input."region"
    FROM "project_9_delta" AS input
    GROUP BY input."region"
    HAVING sum(input."__weight") <> 0
  ) AS input
),
-- the copies that must go; too few of them fail
"matched" AS MATERIALIZED (
  SELECT stored."__row",
    CASE
      WHEN count(stored."__row") OVER (PARTITION BY change."__change") = -change."__weight"
      THEN -change."__weight"
      ELSE pgtrickle.refuse_multiplicity(ROW(change."region")::text)
    END AS "__copies"
  FROM "changes" AS change
  LEFT JOIN LATERAL (
    SELECT candidate.ctid AS "__row"
    FROM "pgtrickle_data"."not_exists" AS candidate
    WHERE candidate."__hash" = change."__hash" AND record_image_eq(ROW(candidate."region"), ROW(change."region"))
    LIMIT -change."__weight"
  ) AS stored ON true
  WHERE change."__weight" < 0
),
-- one row for each copy
"deleted" AS (
  DELETE FROM "pgtrickle_data"."not_exists" AS stored
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
  INSERT INTO "pgtrickle_data"."not_exists" ("region", "__hash")
  SELECT change."region", change."__hash"
  FROM "changes" AS change
  CROSS JOIN LATERAL generate_series(1, change."__weight") AS copy
  WHERE change."__weight" > 0
  RETURNING 1
)
