-- SELECT c.id, o.id AS orders FROM public.customer AS c LEFT JOIN public.orders AS o ON o.customer = c.id AND o.amount > c.credit

-- ==== orders changed
WITH
-- rows of public.orders that changed since the stored frontier
"scan_1_delta" AS MATERIALIZED (
  SELECT "weight" AS "__weight", "c1" AS "id_2", "c2" AS "customer", "c3" AS "amount"
  FROM "pgtrickle_data"."changes_1_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c1" AS "id_2", "c2" AS "customer", "c3" AS "amount"
  FROM "pgtrickle_data"."changes_1_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  LIMIT 1000
),
-- keys whose matches may have changed
"kept_2_touched" AS MATERIALIZED (
  SELECT "other"."customer" AS "__key_1"
  FROM "scan_1_delta" AS "other"
  GROUP BY "other"."customer"
),
-- changed rows, and present ones whose matches changed
"kept_3_probe" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__row", input.*
  FROM (
    SELECT true AS "__present", 1 AS "__weight", "kept"."id", "kept"."credit"
    FROM "kept_2_touched" AS "touched"
    JOIN (
      SELECT "customer"."id", "customer"."credit"
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
    ON (("other"."customer" = "probe"."id") AND (("other"."amount" > "probe"."credit")))
  GROUP BY probe."__row"
),
-- how many matches each has
"kept_5_now" AS MATERIALIZED (
  SELECT probe."__row", count(*) AS "__now"
  FROM "kept_3_probe" AS probe
  JOIN (
    SELECT "orders"."id" AS "id_2", "orders"."customer", "orders"."amount"
    FROM ONLY "public"."orders" AS "orders"
  ) AS "other"
    ON (("other"."customer" = "probe"."id") AND (("other"."amount" > "probe"."credit")))
  GROUP BY probe."__row"
),
-- rows that are put out since, or no more
"kept_6_delta" AS (
  SELECT CASE WHEN "__present" THEN ("__now" = 0)::int - ("__now" <= "__more")::int ELSE "__weight" * ("__now" <= "__more")::int END AS "__weight", "counted"."id", "counted"."credit"
  FROM (
    SELECT probe."__present", probe."__weight", "probe"."id", "probe"."credit", coalesce(met."__more", 0) AS "__more", coalesce(present."__now", 0) AS "__now"
    FROM "kept_3_probe" AS probe
    LEFT JOIN "kept_4_met" AS met ON met."__row" = probe."__row"
    LEFT JOIN "kept_5_now" AS present ON present."__row" = probe."__row"
  ) AS counted
  WHERE CASE WHEN "__present" THEN ("__now" = 0)::int - ("__now" <= "__more")::int ELSE "__weight" * ("__now" <= "__more")::int END <> 0
),
-- pairs that come and go
"join_7_delta" AS (
  SELECT "right"."__weight" AS "__weight", "left"."id", "left"."credit", "right"."id_2", "right"."customer", "right"."amount"
  FROM "scan_1_delta" AS "right"
  JOIN (
    SELECT "customer"."id", "customer"."credit"
    FROM ONLY "public"."customer" AS "customer"
  ) AS "left"
    ON (("right"."customer" = "left"."id") AND (("right"."amount" > "left"."credit")))
  UNION ALL
  SELECT "kept"."__weight", "kept"."id", "kept"."credit", NULL, NULL, NULL
  FROM "kept_6_delta" AS "kept"
),
-- their expressions
"project_8_delta" AS (
  SELECT input."__weight",
    input."id" AS "id",
    input."id_2" AS "orders"
  FROM "join_7_delta" AS input
),
-- one row for each image that changed
"changes" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__change", input.*, hash_record_extended(ROW(input."id", input."orders"), 0) AS "__hash"
  FROM (
    SELECT sum(input."__weight") AS "__weight", input."id", input."orders"
    FROM "project_8_delta" AS input
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
    FROM "pgtrickle_data"."left_join" AS candidate
    WHERE candidate."__hash" = change."__hash" AND record_image_eq(ROW(candidate."id", candidate."orders"), ROW(change."id", change."orders"))
    LIMIT -change."__weight"
  ) AS stored ON true
  WHERE change."__weight" < 0
),
-- one row for each copy
"deleted" AS (
  DELETE FROM "pgtrickle_data"."left_join" AS stored
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
  INSERT INTO "pgtrickle_data"."left_join" ("id", "orders", "__hash")
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
  SELECT "weight" AS "__weight", "c1" AS "id", "c3" AS "credit"
  FROM "pgtrickle_data"."changes_2_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c1" AS "id", "c3" AS "credit"
  FROM "pgtrickle_data"."changes_2_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  LIMIT 1000
),
-- changed rows, and present ones whose matches changed
"kept_2_probe" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__row", input.*
  FROM (
    SELECT false AS "__present", "kept"."__weight", "kept"."id", "kept"."credit"
    FROM "scan_1_delta" AS "kept"
  ) AS input
),
-- how many matches each has
"kept_3_now" AS MATERIALIZED (
  SELECT probe."__row", count(*) AS "__now"
  FROM "kept_2_probe" AS probe
  JOIN (
    SELECT "orders"."id" AS "id_2", "orders"."customer", "orders"."amount"
    FROM ONLY "public"."orders" AS "orders"
  ) AS "other"
    ON (("other"."customer" = "probe"."id") AND (("other"."amount" > "probe"."credit")))
  GROUP BY probe."__row"
),
-- rows that are put out since, or no more
"kept_4_delta" AS (
  SELECT CASE WHEN "__present" THEN ("__now" = 0)::int - ("__now" <= "__more")::int ELSE "__weight" * ("__now" <= "__more")::int END AS "__weight", "counted"."id", "counted"."credit"
  FROM (
    SELECT probe."__present", probe."__weight", "probe"."id", "probe"."credit", 0 AS "__more", coalesce(present."__now", 0) AS "__now"
    FROM "kept_2_probe" AS probe
    LEFT JOIN "kept_3_now" AS present ON present."__row" = probe."__row"
  ) AS counted
  WHERE CASE WHEN "__present" THEN ("__now" = 0)::int - ("__now" <= "__more")::int ELSE "__weight" * ("__now" <= "__more")::int END <> 0
),
-- pairs that come and go
"join_5_delta" AS (
  SELECT "left"."__weight" AS "__weight", "left"."id", "left"."credit", "right"."id_2", "right"."customer", "right"."amount"
  FROM "scan_1_delta" AS "left"
  JOIN (
    SELECT "orders"."id" AS "id_2", "orders"."customer", "orders"."amount"
    FROM ONLY "public"."orders" AS "orders"
  ) AS "right"
    ON (("right"."customer" = "left"."id") AND (("right"."amount" > "left"."credit")))
  UNION ALL
  SELECT "kept"."__weight", "kept"."id", "kept"."credit", NULL, NULL, NULL
  FROM "kept_4_delta" AS "kept"
),
-- their expressions
"project_6_delta" AS (
  SELECT input."__weight",
    input."id" AS "id",
    input."id_2" AS "orders"
  FROM "join_5_delta" AS input
),
-- one row for each image that changed
"changes" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__change", input.*, hash_record_extended(ROW(input."id", input."orders"), 0) AS "__hash"
  FROM (
    SELECT sum(input."__weight") AS "__weight", input."id", input."orders"
    FROM "project_6_delta" AS input
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
    FROM "pgtrickle_data"."left_join" AS candidate
    WHERE candidate."__hash" = change."__hash" AND record_image_eq(ROW(candidate."id", candidate."orders"), ROW(change."id", change."orders"))
    LIMIT -change."__weight"
  ) AS stored ON true
  WHERE change."__weight" < 0
),
-- one row for each copy
"deleted" AS (
  DELETE FROM "pgtrickle_data"."left_join" AS stored
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
  INSERT INTO "pgtrickle_data"."left_join" ("id", "orders", "__hash")
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
  SELECT "weight" AS "__weight", "c1" AS "id", "c3" AS "credit"
  FROM "pgtrickle_data"."changes_2_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c1" AS "id", "c3" AS "credit"
  FROM "pgtrickle_data"."changes_2_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  LIMIT 1000
),
-- rows of public.orders that changed since the stored frontier
"scan_2_delta" AS MATERIALIZED (
  SELECT "weight" AS "__weight", "c1" AS "id_2", "c2" AS "customer", "c3" AS "amount"
  FROM "pgtrickle_data"."changes_1_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c1" AS "id_2", "c2" AS "customer", "c3" AS "amount"
  FROM "pgtrickle_data"."changes_1_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  LIMIT 1000
),
-- keys whose matches may have changed
"kept_3_touched" AS MATERIALIZED (
  SELECT "other"."customer" AS "__key_1"
  FROM "scan_2_delta" AS "other"
  GROUP BY "other"."customer"
),
-- changed rows, and present ones whose matches changed
"kept_4_probe" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__row", input.*
  FROM (
    SELECT false AS "__present", "kept"."__weight", "kept"."id", "kept"."credit"
    FROM "scan_1_delta" AS "kept"
    UNION ALL
    SELECT true AS "__present", 1 AS "__weight", "kept"."id", "kept"."credit"
    FROM "kept_3_touched" AS "touched"
    JOIN (
      SELECT "customer"."id", "customer"."credit"
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
    ON (("other"."customer" = "probe"."id") AND (("other"."amount" > "probe"."credit")))
  GROUP BY probe."__row"
),
-- how many matches each has
"kept_6_now" AS MATERIALIZED (
  SELECT probe."__row", count(*) AS "__now"
  FROM "kept_4_probe" AS probe
  JOIN (
    SELECT "orders"."id" AS "id_2", "orders"."customer", "orders"."amount"
    FROM ONLY "public"."orders" AS "orders"
  ) AS "other"
    ON (("other"."customer" = "probe"."id") AND (("other"."amount" > "probe"."credit")))
  GROUP BY probe."__row"
),
-- rows that are put out since, or no more
"kept_7_delta" AS (
  SELECT CASE WHEN "__present" THEN ("__now" = 0)::int - ("__now" <= "__more")::int ELSE "__weight" * ("__now" <= "__more")::int END AS "__weight", "counted"."id", "counted"."credit"
  FROM (
    SELECT probe."__present", probe."__weight", "probe"."id", "probe"."credit", coalesce(met."__more", 0) AS "__more", coalesce(present."__now", 0) AS "__now"
    FROM "kept_4_probe" AS probe
    LEFT JOIN "kept_5_met" AS met ON met."__row" = probe."__row"
    LEFT JOIN "kept_6_now" AS present ON present."__row" = probe."__row"
  ) AS counted
  WHERE CASE WHEN "__present" THEN ("__now" = 0)::int - ("__now" <= "__more")::int ELSE "__weight" * ("__now" <= "__more")::int END <> 0
),
-- pairs that come and go
"join_8_delta" AS (
  SELECT "left"."__weight" AS "__weight", "left"."id", "left"."credit", "right"."id_2", "right"."customer", "right"."amount"
  FROM "scan_1_delta" AS "left"
  JOIN (
    SELECT "orders"."id" AS "id_2", "orders"."customer", "orders"."amount"
    FROM ONLY "public"."orders" AS "orders"
  ) AS "right"
    ON (("right"."customer" = "left"."id") AND (("right"."amount" > "left"."credit")))
  UNION ALL
  SELECT "right"."__weight" AS "__weight", "left"."id", "left"."credit", "right"."id_2", "right"."customer", "right"."amount"
  FROM "scan_2_delta" AS "right"
  JOIN (
    SELECT "customer"."id", "customer"."credit"
    FROM ONLY "public"."customer" AS "customer"
  ) AS "left"
    ON (("right"."customer" = "left"."id") AND (("right"."amount" > "left"."credit")))
  UNION ALL
  SELECT -"left"."__weight" * "right"."__weight" AS "__weight", "left"."id", "left"."credit", "right"."id_2", "right"."customer", "right"."amount"
  FROM "scan_1_delta" AS "left"
  JOIN "scan_2_delta" AS "right"
    ON (("right"."customer" = "left"."id") AND (("right"."amount" > "left"."credit")))
  UNION ALL
  SELECT "kept"."__weight", "kept"."id", "kept"."credit", NULL, NULL, NULL
  FROM "kept_7_delta" AS "kept"
),
-- their expressions
"project_9_delta" AS (
  SELECT input."__weight",
    input."id" AS "id",
    input."id_2" AS "orders"
  FROM "join_8_delta" AS input
),
-- one row for each image that changed
"changes" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__change", input.*, hash_record_extended(ROW(input."id", input."orders"), 0) AS "__hash"
  FROM (
    SELECT sum(input."__weight") AS "__weight", input."id", input."orders"
    FROM "project_9_delta" AS input
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
    FROM "pgtrickle_data"."left_join" AS candidate
    WHERE candidate."__hash" = change."__hash" AND record_image_eq(ROW(candidate."id", candidate."orders"), ROW(change."id", change."orders"))
    LIMIT -change."__weight"
  ) AS stored ON true
  WHERE change."__weight" < 0
),
-- one row for each copy
"deleted" AS (
  DELETE FROM "pgtrickle_data"."left_join" AS stored
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
  INSERT INTO "pgtrickle_data"."left_join" ("id", "orders", "__hash")
  SELECT change."id", change."orders", change."__hash"
  FROM "changes" AS change
  CROSS JOIN LATERAL generate_series(1, change."__weight") AS copy
  WHERE change."__weight" > 0
  RETURNING 1
)
