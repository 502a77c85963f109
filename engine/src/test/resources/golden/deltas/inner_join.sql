-- SELECT o.id, c.region, o.amount FROM public.orders AS o JOIN public.customer AS c ON c.id = o.customer

-- ==== orders changed
WITH
-- rows of public.orders that changed since the stored frontier
"scan_1_delta" AS MATERIALIZED (
  SELECT "weight" AS "__weight", "c1" AS "id", "c2" AS "customer", "c3" AS "amount"
  FROM "pgtrickle_data"."changes_1_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c1" AS "id", "c2" AS "customer", "c3" AS "amount"
  FROM "pgtrickle_data"."changes_1_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  LIMIT 1000
),
-- pairs that come and go
"join_2_delta" AS (
  SELECT "left"."__weight" AS "__weight", "left"."id", "left"."customer", "left"."amount", "right"."id_2", "right"."region"
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
    input."id" AS "id",
    input."region" AS "region",
    input."amount" AS "amount"
  FROM "join_2_delta" AS input
),
-- one row for each image that changed
"changes" AS (
  SELECT input."__weight", input."id", input."region", input."amount",
    sum(greatest(input."__weight", 0)) OVER same_key AS "__added",
    sum(greatest(-input."__weight", 0)) OVER same_key AS "__removed"
  FROM (
    SELECT input."__weight", input."id", input."region", input."amount"
    FROM (
      SELECT sum(input."__weight") OVER image AS "__weight", row_number() OVER image AS "__nth", input."id", input."region", input."amount"
      FROM "project_3_delta" AS input
      WINDOW image AS (PARTITION BY input."id", input."region", "pg_catalog"."numeric_send"(input."amount"))
    ) AS input
    WHERE input."__nth" = 1 AND input."__weight" <> 0
  ) AS input
  WINDOW same_key AS (PARTITION BY input."id")
),
-- each with its stored row; what does not fit it fails
"matched" AS MATERIALIZED (
  SELECT stored.ctid AS "__row", change."__added", change."id", change."region", change."amount",
    CASE
      WHEN change."__added" <= 1
        AND change."__removed" = CASE WHEN stored.ctid IS NULL THEN 0 ELSE 1 END
        AND (change."__weight" > 0 OR record_image_eq(ROW(stored."id", stored."region", stored."amount"), ROW(change."id", change."region", change."amount")))
      THEN change."__weight"
      ELSE pgtrickle.refuse_multiplicity(ROW(change."id", change."region", change."amount")::text)
    END AS "__checked"
  FROM "changes" AS change
  LEFT JOIN LATERAL (
    SELECT stored.ctid AS "ctid", stored.*
    FROM "pgtrickle_data"."inner_join" AS stored
    WHERE stored."id" = change."id"
    OFFSET 0
  ) AS stored ON true
),
-- keys that are gone
"deleted" AS (
  DELETE FROM "pgtrickle_data"."inner_join" AS stored
  USING matched AS change
  WHERE stored.ctid = change."__row" AND change."__checked" < 0 AND change."__added" = 0
  RETURNING 1
),
-- keys that look different
"updated" AS (
  UPDATE "pgtrickle_data"."inner_join" AS stored
  SET "id" = change."id", "region" = change."region", "amount" = change."amount"
  FROM matched AS change
  WHERE stored.ctid = change."__row" AND change."__checked" > 0
  RETURNING 1
),
-- new keys
"inserted" AS (
  INSERT INTO "pgtrickle_data"."inner_join" ("id", "region", "amount")
  SELECT change."id", change."region", change."amount"
  FROM matched AS change
  WHERE change."__checked" > 0 AND change."__row" IS NULL
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
  SELECT "right"."__weight" AS "__weight", "left"."id", "left"."customer", "left"."amount", "right"."id_2", "right"."region"
  FROM "scan_1_delta" AS "right"
  JOIN (
    SELECT "orders"."id", "orders"."customer", "orders"."amount"
    FROM ONLY "public"."orders" AS "orders"
  ) AS "left"
    ON ("right"."id_2" = "left"."customer")
),
-- their expressions
"project_3_delta" AS (
  SELECT input."__weight",
    input."id" AS "id",
    input."region" AS "region",
    input."amount" AS "amount"
  FROM "join_2_delta" AS input
),
-- one row for each image that changed
"changes" AS (
  SELECT input."__weight", input."id", input."region", input."amount",
    sum(greatest(input."__weight", 0)) OVER same_key AS "__added",
    sum(greatest(-input."__weight", 0)) OVER same_key AS "__removed"
  FROM (
    SELECT input."__weight", input."id", input."region", input."amount"
    FROM (
      SELECT sum(input."__weight") OVER image AS "__weight", row_number() OVER image AS "__nth", input."id", input."region", input."amount"
      FROM "project_3_delta" AS input
      WINDOW image AS (PARTITION BY input."id", input."region", "pg_catalog"."numeric_send"(input."amount"))
    ) AS input
    WHERE input."__nth" = 1 AND input."__weight" <> 0
  ) AS input
  WINDOW same_key AS (PARTITION BY input."id")
),
-- each with its stored row; what does not fit it fails
"matched" AS MATERIALIZED (
  SELECT stored.ctid AS "__row", change."__added", change."id", change."region", change."amount",
    CASE
      WHEN change."__added" <= 1
        AND change."__removed" = CASE WHEN stored.ctid IS NULL THEN 0 ELSE 1 END
        AND (change."__weight" > 0 OR record_image_eq(ROW(stored."id", stored."region", stored."amount"), ROW(change."id", change."region", change."amount")))
      THEN change."__weight"
      ELSE pgtrickle.refuse_multiplicity(ROW(change."id", change."region", change."amount")::text)
    END AS "__checked"
  FROM "changes" AS change
  LEFT JOIN LATERAL (
    SELECT stored.ctid AS "ctid", stored.*
    FROM "pgtrickle_data"."inner_join" AS stored
    WHERE stored."id" = change."id"
    OFFSET 0
  ) AS stored ON true
),
-- keys that are gone
"deleted" AS (
  DELETE FROM "pgtrickle_data"."inner_join" AS stored
  USING matched AS change
  WHERE stored.ctid = change."__row" AND change."__checked" < 0 AND change."__added" = 0
  RETURNING 1
),
-- keys that look different
"updated" AS (
  UPDATE "pgtrickle_data"."inner_join" AS stored
  SET "id" = change."id", "region" = change."region", "amount" = change."amount"
  FROM matched AS change
  WHERE stored.ctid = change."__row" AND change."__checked" > 0
  RETURNING 1
),
-- new keys
"inserted" AS (
  INSERT INTO "pgtrickle_data"."inner_join" ("id", "region", "amount")
  SELECT change."id", change."region", change."amount"
  FROM matched AS change
  WHERE change."__checked" > 0 AND change."__row" IS NULL
  RETURNING 1
)


-- ==== both changed
WITH
-- rows of public.orders that changed since the stored frontier
"scan_1_delta" AS MATERIALIZED (
  SELECT "weight" AS "__weight", "c1" AS "id", "c2" AS "customer", "c3" AS "amount"
  FROM "pgtrickle_data"."changes_1_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c1" AS "id", "c2" AS "customer", "c3" AS "amount"
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
  SELECT "left"."__weight" AS "__weight", "left"."id", "left"."customer", "left"."amount", "right"."id_2", "right"."region"
  FROM "scan_1_delta" AS "left"
  JOIN (
    SELECT "customer"."id" AS "id_2", "customer"."region"
    FROM ONLY "public"."customer" AS "customer"
  ) AS "right"
    ON ("right"."id_2" = "left"."customer")
  UNION ALL
  SELECT "right"."__weight" AS "__weight", "left"."id", "left"."customer", "left"."amount", "right"."id_2", "right"."region"
  FROM "scan_2_delta" AS "right"
  JOIN (
    SELECT "orders"."id", "orders"."customer", "orders"."amount"
    FROM ONLY "public"."orders" AS "orders"
  ) AS "left"
    ON ("right"."id_2" = "left"."customer")
  UNION ALL
  SELECT -"left"."__weight" * "right"."__weight" AS "__weight", "left"."id", "left"."customer", "left"."amount", "right"."id_2", "right"."region"
  FROM "scan_1_delta" AS "left"
  JOIN "scan_2_delta" AS "right"
    ON ("right"."id_2" = "left"."customer")
),
-- their expressions
"project_4_delta" AS (
  SELECT input."__weight",
    input."id" AS "id",
    input."region" AS "region",
    input."amount" AS "amount"
  FROM "join_3_delta" AS input
),
-- one row for each image that changed
"changes" AS (
  SELECT input."__weight", input."id", input."region", input."amount",
    sum(greatest(input."__weight", 0)) OVER same_key AS "__added",
    sum(greatest(-input."__weight", 0)) OVER same_key AS "__removed"
  FROM (
    SELECT input."__weight", input."id", input."region", input."amount"
    FROM (
      SELECT sum(input."__weight") OVER image AS "__weight", row_number() OVER image AS "__nth", input."id", input."region", input."amount"
      FROM "project_4_delta" AS input
      WINDOW image AS (PARTITION BY input."id", input."region", "pg_catalog"."numeric_send"(input."amount"))
    ) AS input
    WHERE input."__nth" = 1 AND input."__weight" <> 0
  ) AS input
  WINDOW same_key AS (PARTITION BY input."id")
),
-- each with its stored row; what does not fit it fails
"matched" AS MATERIALIZED (
  SELECT stored.ctid AS "__row", change."__added", change."id", change."region", change."amount",
    CASE
      WHEN change."__added" <= 1
        AND change."__removed" = CASE WHEN stored.ctid IS NULL THEN 0 ELSE 1 END
        AND (change."__weight" > 0 OR record_image_eq(ROW(stored."id", stored."region", stored."amount"), ROW(change."id", change."region", change."amount")))
      THEN change."__weight"
      ELSE pgtrickle.refuse_multiplicity(ROW(change."id", change."region", change."amount")::text)
    END AS "__checked"
  FROM "changes" AS change
  LEFT JOIN LATERAL (
    SELECT stored.ctid AS "ctid", stored.*
    FROM "pgtrickle_data"."inner_join" AS stored
    WHERE stored."id" = change."id"
    OFFSET 0
  ) AS stored ON true
),
-- keys that are gone
"deleted" AS (
  DELETE FROM "pgtrickle_data"."inner_join" AS stored
  USING matched AS change
  WHERE stored.ctid = change."__row" AND change."__checked" < 0 AND change."__added" = 0
  RETURNING 1
),
-- keys that look different
"updated" AS (
  UPDATE "pgtrickle_data"."inner_join" AS stored
  SET "id" = change."id", "region" = change."region", "amount" = change."amount"
  FROM matched AS change
  WHERE stored.ctid = change."__row" AND change."__checked" > 0
  RETURNING 1
),
-- new keys
"inserted" AS (
  INSERT INTO "pgtrickle_data"."inner_join" ("id", "region", "amount")
  SELECT change."id", change."region", change."amount"
  FROM matched AS change
  WHERE change."__checked" > 0 AND change."__row" IS NULL
  RETURNING 1
)
