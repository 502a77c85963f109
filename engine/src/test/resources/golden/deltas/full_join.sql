-- SELECT c.id, o.id AS orders FROM public.customer AS c FULL JOIN public.orders AS o ON o.customer = c.id

-- ==== orders changed
WITH
-- rows of public.orders that changed since the stored frontier
"scan_1_delta" AS MATERIALIZED (
  SELECT "weight" AS "__weight", "c1" AS "id_2", "c2" AS "customer"
  FROM "pgtrickle_data"."changes_1_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c1" AS "id_2", "c2" AS "customer"
  FROM "pgtrickle_data"."changes_1_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  LIMIT 1000
),
-- keys whose matches may have changed
"kept_2_touched" AS MATERIALIZED (
  SELECT "other"."customer" AS "__key_1"
  FROM "scan_1_delta" AS "other"
  GROUP BY "other"."customer"
  HAVING sum("other"."__weight") <> 0
),
-- changed rows, and present ones whose matches changed
"kept_3_probe" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__row", input.*
  FROM (
    SELECT true AS "__present", 1 AS "__weight", "kept"."id"
    FROM "kept_2_touched" AS "touched"
    JOIN (
      SELECT "customer"."id"
      FROM ONLY "public"."customer" AS "customer"
    ) AS "kept"
      ON ("kept"."id") = "touched"."__key_1"
  ) AS input
),
-- by how many the matches of each have become more
"kept_4_met" AS MATERIALIZED (
  SELECT probe."__row", sum("other"."__weight")::bigint AS "__more"
  FROM "kept_3_probe" AS probe
  JOIN "scan_1_delta" AS "other"
    ON ("other"."customer" = "probe"."id")
  GROUP BY probe."__row"
),
-- how many matches each has
"kept_5_now" AS MATERIALIZED (
  SELECT probe."__row", count(*) AS "__now"
  FROM "kept_3_probe" AS probe
  JOIN (
    SELECT "orders"."id" AS "id_2", "orders"."customer"
    FROM ONLY "public"."orders" AS "orders"
  ) AS "other"
    ON ("other"."customer" = "probe"."id")
  GROUP BY probe."__row"
),
-- rows that are put out since, or no more
"kept_6_delta" AS (
  SELECT CASE WHEN "__present" THEN ("__now" = 0)::int - ("__now" <= "__more")::int ELSE "__weight" * ("__now" <= "__more")::int END AS "__weight", "counted"."id"
  FROM (
    SELECT probe."__present", probe."__weight", "probe"."id", coalesce(met."__more", 0) AS "__more", coalesce(present."__now", 0) AS "__now"
    FROM "kept_3_probe" AS probe
    LEFT JOIN "kept_4_met" AS met ON met."__row" = probe."__row"
    LEFT JOIN "kept_5_now" AS present ON present."__row" = probe."__row"
  ) AS counted
  WHERE CASE WHEN "__present" THEN ("__now" = 0)::int - ("__now" <= "__more")::int ELSE "__weight" * ("__now" <= "__more")::int END <> 0
),
-- changed rows, and present ones whose matches changed
"kept_7_probe" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__row", input.*
  FROM (
    SELECT false AS "__present", "kept"."__weight", "kept"."id_2", "kept"."customer"
    FROM "scan_1_delta" AS "kept"
  ) AS input
),
-- rows that are put out since, or no more
"kept_8_delta" AS (
  SELECT CASE WHEN "__present" THEN ("__now" = 0)::int - ("__now" <= "__more")::int ELSE "__weight" * ("__now" <= "__more")::int END AS "__weight", "counted"."id_2", "counted"."customer"
  FROM (
    SELECT probe."__present", probe."__weight", "probe"."id_2", "probe"."customer", 0 AS "__more", (
      SELECT count(*) FROM (
        SELECT 1
        FROM (
          SELECT "customer"."id"
          FROM ONLY "public"."customer" AS "customer"
        ) AS "other"
        WHERE ("probe"."customer" = "other"."id")
        LIMIT greatest(0, 0) + 1
      ) AS matches
    ) AS "__now"
    FROM "kept_7_probe" AS probe
  ) AS counted
  WHERE CASE WHEN "__present" THEN ("__now" = 0)::int - ("__now" <= "__more")::int ELSE "__weight" * ("__now" <= "__more")::int END <> 0
),
-- pairs that come and go
"join_9_delta" AS (
  SELECT "right"."__weight" AS "__weight", "left"."id", "right"."id_2", "right"."customer"
  FROM "scan_1_delta" AS "right"
  JOIN (
    SELECT "customer"."id"
    FROM ONLY "public"."customer" AS "customer"
  ) AS "left"
    ON ("right"."customer" = "left"."id")
  UNION ALL
  SELECT "kept"."__weight", "kept"."id", NULL, NULL
  FROM "kept_6_delta" AS "kept"
  UNION ALL
  SELECT "kept"."__weight", NULL, "kept"."id_2", "kept"."customer"
  FROM "kept_8_delta" AS "kept"
),
-- their expressions
"project_10_delta" AS (
  SELECT input."__weight",
    input."id" AS "id",
    input."id_2" AS "orders"
  FROM "join_9_delta" AS input
),
-- one row for each image that changed
"changes" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__change", input.*, hash_record_extended(ROW(input."id", input."orders"), 0) AS "__hash"
  FROM (
    SELECT sum(input."__weight") AS "__weight", input."id", input."orders"
    FROM "project_10_delta" AS input
    GROUP BY input."id", input."orders"
    HAVING sum(input."__weight") <> 0
  ) AS input
),
-- the copies that must go; too few of them fail
"matched" AS MATERIALIZED (
  SELECT stored."__row",
    CASE
      WHEN count(stored."__row") OVER (PARTITION BY change."__change") = -change."__weight"
      THEN -change."__weight"
      ELSE pgtrickle.refuse_multiplicity(ROW(change."id", change."orders")::text)
    END AS "__copies"
  FROM "changes" AS change
  LEFT JOIN LATERAL (
    SELECT candidate.ctid AS "__row"
    FROM "pgtrickle_data"."full_join" AS candidate
    WHERE candidate."__hash" = change."__hash" AND record_image_eq(ROW(candidate."id", candidate."orders"), ROW(change."id", change."orders"))
    LIMIT -change."__weight"
  ) AS stored ON true
  WHERE change."__weight" < 0
),
-- one row for each copy
"deleted" AS (
  DELETE FROM "pgtrickle_data"."full_join" AS stored
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
  INSERT INTO "pgtrickle_data"."full_join" ("id", "orders", "__hash")
  SELECT change."id", change."orders", change."__hash"
  FROM "changes" AS change
  CROSS JOIN LATERAL generate_series(1, change."__weight") AS copy
  WHERE change."__weight" > 0
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
-- changed rows, and present ones whose matches changed
"kept_2_probe" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__row", input.*
  FROM (
    SELECT false AS "__present", "kept"."__weight", "kept"."id"
    FROM "scan_1_delta" AS "kept"
  ) AS input
),
-- how many matches each has
"kept_3_now" AS MATERIALIZED (
  SELECT probe."__row", count(*) AS "__now"
  FROM "kept_2_probe" AS probe
  JOIN (
    SELECT "orders"."id" AS "id_2", "orders"."customer"
    FROM ONLY "public"."orders" AS "orders"
  ) AS "other"
    ON ("other"."customer" = "probe"."id")
  GROUP BY probe."__row"
),
-- rows that are put out since, or no more
"kept_4_delta" AS (
  SELECT CASE WHEN "__present" THEN ("__now" = 0)::int - ("__now" <= "__more")::int ELSE "__weight" * ("__now" <= "__more")::int END AS "__weight", "counted"."id"
  FROM (
    SELECT probe."__present", probe."__weight", "probe"."id", 0 AS "__more", coalesce(present."__now", 0) AS "__now"
    FROM "kept_2_probe" AS probe
    LEFT JOIN "kept_3_now" AS present ON present."__row" = probe."__row"
  ) AS counted
  WHERE CASE WHEN "__present" THEN ("__now" = 0)::int - ("__now" <= "__more")::int ELSE "__weight" * ("__now" <= "__more")::int END <> 0
),
-- keys whose matches may have changed
"kept_5_touched" AS MATERIALIZED (
  SELECT "other"."id" AS "__key_1"
  FROM "scan_1_delta" AS "other"
  GROUP BY "other"."id"
  HAVING sum("other"."__weight") <> 0
),
-- changed rows, and present ones whose matches changed
"kept_6_probe" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__row", input.*
  FROM (
    SELECT true AS "__present", 1 AS "__weight", "kept"."id_2", "kept"."customer"
    FROM "kept_5_touched" AS "touched"
    JOIN (
      SELECT "orders"."id" AS "id_2", "orders"."customer"
      FROM ONLY "public"."orders" AS "orders"
    ) AS "kept"
      ON ("kept"."customer") = "touched"."__key_1"
  ) AS input
),
-- by how many the matches of each have become more
"kept_7_met" AS MATERIALIZED (
  SELECT probe."__row", sum("other"."__weight")::bigint AS "__more"
  FROM "kept_6_probe" AS probe
  JOIN "scan_1_delta" AS "other"
    ON ("probe"."customer" = "other"."id")
  GROUP BY probe."__row"
),
-- rows that are put out since, or no more
"kept_8_delta" AS (
  SELECT CASE WHEN "__present" THEN ("__now" = 0)::int - ("__now" <= "__more")::int ELSE "__weight" * ("__now" <= "__more")::int END AS "__weight", "counted"."id_2", "counted"."customer"
  FROM (
    SELECT probe."__present", probe."__weight", "probe"."id_2", "probe"."customer", coalesce(met."__more", 0) AS "__more", (
      SELECT count(*) FROM (
        SELECT 1
        FROM (
          SELECT "customer"."id"
          FROM ONLY "public"."customer" AS "customer"
        ) AS "other"
        WHERE ("probe"."customer" = "other"."id")
        LIMIT greatest(coalesce(met."__more", 0), 0) + 1
      ) AS matches
    ) AS "__now"
    FROM "kept_6_probe" AS probe
    LEFT JOIN "kept_7_met" AS met ON met."__row" = probe."__row"
  ) AS counted
  WHERE CASE WHEN "__present" THEN ("__now" = 0)::int - ("__now" <= "__more")::int ELSE "__weight" * ("__now" <= "__more")::int END <> 0
),
-- pairs that come and go
"join_9_delta" AS (
  SELECT "left"."__weight" AS "__weight", "left"."id", "right"."id_2", "right"."customer"
  FROM "scan_1_delta" AS "left"
  JOIN (
    SELECT "orders"."id" AS "id_2", "orders"."customer"
    FROM ONLY "public"."orders" AS "orders"
  ) AS "right"
    ON ("right"."customer" = "left"."id")
  UNION ALL
  SELECT "kept"."__weight", "kept"."id", NULL, NULL
  FROM "kept_4_delta" AS "kept"
  UNION ALL
  SELECT "kept"."__weight", NULL, "kept"."id_2", "kept"."customer"
  FROM "kept_8_delta" AS "kept"
),
-- their expressions
"project_10_delta" AS (
  SELECT input."__weight",
    input."id" AS "id",
    input."id_2" AS "orders"
  FROM "join_9_delta" AS input
),
-- one row for each image that changed
"changes" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__change", input.*, hash_record_extended(ROW(input."id", input."orders"), 0) AS "__hash"
  FROM (
    SELECT sum(input."__weight") AS "__weight", input."id", input."orders"
    FROM "project_10_delta" AS input
    GROUP BY input."id", input."orders"
    HAVING sum(input."__weight") <> 0
  ) AS input
),
-- the copies that must go; too few of them fail
"matched" AS MATERIALIZED (
  SELECT stored."__row",
    CASE
      WHEN count(stored."__row") OVER (PARTITION BY change."__change") = -change."__weight"
      THEN -change."__weight"
      ELSE pgtrickle.refuse_multiplicity(ROW(change."id", change."orders")::text)
    END AS "__copies"
  FROM "changes" AS change
  LEFT JOIN LATERAL (
    SELECT candidate.ctid AS "__row"
    FROM "pgtrickle_data"."full_join" AS candidate
    WHERE candidate."__hash" = change."__hash" AND record_image_eq(ROW(candidate."id", candidate."orders"), ROW(change."id", change."orders"))
    LIMIT -change."__weight"
  ) AS stored ON true
  WHERE change."__weight" < 0
),
-- one row for each copy
"deleted" AS (
  DELETE FROM "pgtrickle_data"."full_join" AS stored
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
  INSERT INTO "pgtrickle_data"."full_join" ("id", "orders", "__hash")
  SELECT change."id", change."orders", change."__hash"
  FROM "changes" AS change
  CROSS JOIN LATERAL generate_series(1, change."__weight") AS copy
  WHERE change."__weight" > 0
  RETURNING 1
)


-- ==== both changed
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
-- rows of public.orders that changed since the stored frontier
"scan_2_delta" AS MATERIALIZED (
  SELECT "weight" AS "__weight", "c1" AS "id_2", "c2" AS "customer"
  FROM "pgtrickle_data"."changes_1_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c1" AS "id_2", "c2" AS "customer"
  FROM "pgtrickle_data"."changes_1_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  LIMIT 1000
),
-- keys whose matches may have changed
"kept_3_touched" AS MATERIALIZED (
  SELECT "other"."customer" AS "__key_1"
  FROM "scan_2_delta" AS "other"
  GROUP BY "other"."customer"
  HAVING sum("other"."__weight") <> 0
),
-- changed rows, and present ones whose matches changed
"kept_4_probe" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__row", input.*
  FROM (
    SELECT false AS "__present", "kept"."__weight", "kept"."id"
    FROM "scan_1_delta" AS "kept"
    UNION ALL
    SELECT true AS "__present", 1 AS "__weight", "kept"."id"
    FROM "kept_3_touched" AS "touched"
    JOIN (
      SELECT "customer"."id"
      FROM ONLY "public"."customer" AS "customer"
    ) AS "kept"
      ON ("kept"."id") = "touched"."__key_1"
  ) AS input
),
-- by how many the matches of each have become more
"kept_5_met" AS MATERIALIZED (
  SELECT probe."__row", sum("other"."__weight")::bigint AS "__more"
  FROM "kept_4_probe" AS probe
  JOIN "scan_2_delta" AS "other"
    ON ("other"."customer" = "probe"."id")
  GROUP BY probe."__row"
),
-- how many matches each has
"kept_6_now" AS MATERIALIZED (
  SELECT probe."__row", count(*) AS "__now"
  FROM "kept_4_probe" AS probe
  JOIN (
    SELECT "orders"."id" AS "id_2", "orders"."customer"
    FROM ONLY "public"."orders" AS "orders"
  ) AS "other"
    ON ("other"."customer" = "probe"."id")
  GROUP BY probe."__row"
),
-- rows that are put out since, or no more
"kept_7_delta" AS (
  SELECT CASE WHEN "__present" THEN ("__now" = 0)::int - ("__now" <= "__more")::int ELSE "__weight" * ("__now" <= "__more")::int END AS "__weight", "counted"."id"
  FROM (
    SELECT probe."__present", probe."__weight", "probe"."id", coalesce(met."__more", 0) AS "__more", coalesce(present."__now", 0) AS "__now"
    FROM "kept_4_probe" AS probe
    LEFT JOIN "kept_5_met" AS met ON met."__row" = probe."__row"
    LEFT JOIN "kept_6_now" AS present ON present."__row" = probe."__row"
  ) AS counted
  WHERE CASE WHEN "__present" THEN ("__now" = 0)::int - ("__now" <= "__more")::int ELSE "__weight" * ("__now" <= "__more")::int END <> 0
),
-- keys whose matches may have changed
"kept_8_touched" AS MATERIALIZED (
  SELECT "other"."id" AS "__key_1"
  FROM "scan_1_delta" AS "other"
  GROUP BY "other"."id"
  HAVING sum("other"."__weight") <> 0
),
-- changed rows, and present ones whose matches changed
"kept_9_probe" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__row", input.*
  FROM (
    SELECT false AS "__present", "kept"."__weight", "kept"."id_2", "kept"."customer"
    FROM "scan_2_delta" AS "kept"
    UNION ALL
    SELECT true AS "__present", 1 AS "__weight", "kept"."id_2", "kept"."customer"
    FROM "kept_8_touched" AS "touched"
    JOIN (
      SELECT "orders"."id" AS "id_2", "orders"."customer"
      FROM ONLY "public"."orders" AS "orders"
    ) AS "kept"
      ON ("kept"."customer") = "touched"."__key_1"
  ) AS input
),
-- by how many the matches of each have become more
"kept_10_met" AS MATERIALIZED (
  SELECT probe."__row", sum("other"."__weight")::bigint AS "__more"
  FROM "kept_9_probe" AS probe
  JOIN "scan_1_delta" AS "other"
    ON ("probe"."customer" = "other"."id")
  GROUP BY probe."__row"
),
-- rows that are put out since, or no more
"kept_11_delta" AS (
  SELECT CASE WHEN "__present" THEN ("__now" = 0)::int - ("__now" <= "__more")::int ELSE "__weight" * ("__now" <= "__more")::int END AS "__weight", "counted"."id_2", "counted"."customer"
  FROM (
    SELECT probe."__present", probe."__weight", "probe"."id_2", "probe"."customer", coalesce(met."__more", 0) AS "__more", (
      SELECT count(*) FROM (
        SELECT 1
        FROM (
          SELECT "customer"."id"
          FROM ONLY "public"."customer" AS "customer"
        ) AS "other"
        WHERE ("probe"."customer" = "other"."id")
        LIMIT greatest(coalesce(met."__more", 0), 0) + 1
      ) AS matches
    ) AS "__now"
    FROM "kept_9_probe" AS probe
    LEFT JOIN "kept_10_met" AS met ON met."__row" = probe."__row"
  ) AS counted
  WHERE CASE WHEN "__present" THEN ("__now" = 0)::int - ("__now" <= "__more")::int ELSE "__weight" * ("__now" <= "__more")::int END <> 0
),
-- pairs that come and go
"join_12_delta" AS (
  SELECT "left"."__weight" AS "__weight", "left"."id", "right"."id_2", "right"."customer"
  FROM "scan_1_delta" AS "left"
  JOIN (
    SELECT "orders"."id" AS "id_2", "orders"."customer"
    FROM ONLY "public"."orders" AS "orders"
  ) AS "right"
    ON ("right"."customer" = "left"."id")
  UNION ALL
  SELECT "right"."__weight" AS "__weight", "left"."id", "right"."id_2", "right"."customer"
  FROM "scan_2_delta" AS "right"
  JOIN (
    SELECT "customer"."id"
    FROM ONLY "public"."customer" AS "customer"
  ) AS "left"
    ON ("right"."customer" = "left"."id")
  UNION ALL
  SELECT -"left"."__weight" * "right"."__weight" AS "__weight", "left"."id", "right"."id_2", "right"."customer"
  FROM "scan_1_delta" AS "left"
  JOIN "scan_2_delta" AS "right"
    ON ("right"."customer" = "left"."id")
  UNION ALL
  SELECT "kept"."__weight", "kept"."id", NULL, NULL
  FROM "kept_7_delta" AS "kept"
  UNION ALL
  SELECT "kept"."__weight", NULL, "kept"."id_2", "kept"."customer"
  FROM "kept_11_delta" AS "kept"
),
-- their expressions
"project_13_delta" AS (
  SELECT input."__weight",
    input."id" AS "id",
    input."id_2" AS "orders"
  FROM "join_12_delta" AS input
),
-- one row for each image that changed
"changes" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__change", input.*, hash_record_extended(ROW(input."id", input."orders"), 0) AS "__hash"
  FROM (
    SELECT sum(input."__weight") AS "__weight", input."id", input."orders"
    FROM "project_13_delta" AS input
    GROUP BY input."id", input."orders"
    HAVING sum(input."__weight") <> 0
  ) AS input
),
-- the copies that must go; too few of them fail
"matched" AS MATERIALIZED (
  SELECT stored."__row",
    CASE
      WHEN count(stored."__row") OVER (PARTITION BY change."__change") = -change."__weight"
      THEN -change."__weight"
      ELSE pgtrickle.refuse_multiplicity(ROW(change."id", change."orders")::text)
    END AS "__copies"
  FROM "changes" AS change
  LEFT JOIN LATERAL (
    SELECT candidate.ctid AS "__row"
    FROM "pgtrickle_data"."full_join" AS candidate
    WHERE candidate."__hash" = change."__hash" AND record_image_eq(ROW(candidate."id", candidate."orders"), ROW(change."id", change."orders"))
    LIMIT -change."__weight"
  ) AS stored ON true
  WHERE change."__weight" < 0
),
-- one row for each copy
"deleted" AS (
  DELETE FROM "pgtrickle_data"."full_join" AS stored
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
  INSERT INTO "pgtrickle_data"."full_join" ("id", "orders", "__hash")
  SELECT change."id", change."orders", change."__hash"
  FROM "changes" AS change
  CROSS JOIN LATERAL generate_series(1, change."__weight") AS copy
  WHERE change."__weight" > 0
  RETURNING 1
)
