-- SELECT id, region, amount * 2 AS doubled FROM public.orders WHERE paid

-- ==== createStorage
CREATE TABLE "pgtrickle_data"."projection_with_key" (
  "id" bigint NOT NULL,
  "region" "text",
  "doubled" numeric
);
CREATE UNIQUE INDEX "projection_with_key_key" ON "pgtrickle_data"."projection_with_key" ("id");

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
  INSERT INTO "pgtrickle_data"."projection_with_key" ("id", "region", "doubled")
  SELECT change."id", change."region", change."doubled"
  FROM (
    SELECT true AS "__present", input.*
    FROM (
      SELECT input."id", input."region", (input."amount" * (2)::numeric) AS "doubled"
      FROM ONLY "public"."orders" AS input
      WHERE input."paid"
    ) AS input
  ) AS change
  RETURNING 1
)

-- ==== smallDelta
WITH
-- rows of public.orders that changed since the stored frontier
"scan_1_delta" AS MATERIALIZED (
  SELECT "weight" AS "__weight", "c1" AS "id", "c3" AS "region", "c4" AS "amount", "c7" AS "paid"
  FROM "pgtrickle_data"."changes_7_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c1" AS "id", "c3" AS "region", "c4" AS "amount", "c7" AS "paid"
  FROM "pgtrickle_data"."changes_7_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  LIMIT 1000
),
-- those that pass the WHERE clause
"filter_2_delta" AS (
  SELECT input."__weight", input."id", input."region", input."amount", input."paid"
  FROM "scan_1_delta" AS input
  WHERE input."paid"
),
-- their expressions
"project_3_delta" AS (
  SELECT input."__weight",
    input."id" AS "id",
    input."region" AS "region",
    (input."amount" * (2)::numeric) AS "doubled"
  FROM "filter_2_delta" AS input
),
-- one row for each image that changed
"changes" AS (
  SELECT input."__weight", input."id", input."region", input."doubled",
    sum(greatest(input."__weight", 0)) OVER same_key AS "__added",
    sum(greatest(-input."__weight", 0)) OVER same_key AS "__removed"
  FROM (
    SELECT input."__weight", input."id", input."region", input."doubled"
    FROM (
      SELECT sum(input."__weight") OVER image AS "__weight", row_number() OVER image AS "__nth", input."id", input."region", input."doubled"
      FROM "project_3_delta" AS input
      WINDOW image AS (PARTITION BY input."id", input."region", "pg_catalog"."numeric_send"(input."doubled"))
    ) AS input
    WHERE input."__nth" = 1 AND input."__weight" <> 0
  ) AS input
  WINDOW same_key AS (PARTITION BY input."id")
),
-- each with its stored row; what does not fit it fails
"matched" AS MATERIALIZED (
  SELECT stored.ctid AS "__row", change."__added", change."id", change."region", change."doubled",
    CASE
      WHEN change."__added" <= 1
        AND change."__removed" = CASE WHEN stored.ctid IS NULL THEN 0 ELSE 1 END
        AND (change."__weight" > 0 OR record_image_eq(ROW(stored."id", stored."region", stored."doubled"), ROW(change."id", change."region", change."doubled")))
      THEN change."__weight"
      ELSE pgtrickle.refuse_multiplicity(ROW(change."id", change."region", change."doubled")::text)
    END AS "__checked"
  FROM "changes" AS change
  LEFT JOIN LATERAL (
    SELECT stored.ctid AS "ctid", stored.*
    FROM "pgtrickle_data"."projection_with_key" AS stored
    WHERE stored."id" = change."id"
    OFFSET 0
  ) AS stored ON true
),
-- keys that are gone
"deleted" AS (
  DELETE FROM "pgtrickle_data"."projection_with_key" AS stored
  USING matched AS change
  WHERE stored.ctid = change."__row" AND change."__checked" < 0 AND change."__added" = 0
  RETURNING 1
),
-- keys that look different
"updated" AS (
  UPDATE "pgtrickle_data"."projection_with_key" AS stored
  SET "id" = change."id", "region" = change."region", "doubled" = change."doubled"
  FROM matched AS change
  WHERE stored.ctid = change."__row" AND change."__checked" > 0
  RETURNING 1
),
-- new keys
"inserted" AS (
  INSERT INTO "pgtrickle_data"."projection_with_key" ("id", "region", "doubled")
  SELECT change."id", change."region", change."doubled"
  FROM matched AS change
  WHERE change."__checked" > 0 AND change."__row" IS NULL
  RETURNING 1
)

-- ==== largeDelta
CREATE TEMPORARY TABLE "changes_7_of_projection_with_key" ON COMMIT DROP AS
SELECT "__weight", "id", "region", "amount", "paid"
FROM (
  SELECT "weight" AS "__weight", "c1" AS "id", "c3" AS "region", "c4" AS "amount", "c7" AS "paid"
  FROM "pgtrickle_data"."changes_7_1_a"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c1" AS "id", "c3" AS "region", "c4" AS "amount", "c7" AS "paid"
  FROM "pgtrickle_data"."changes_7_1_a"
  WHERE "marker" = -1 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
    AND EXISTS (SELECT FROM "pgtrickle_data"."changes_7_1_a" WHERE "marker" = 4 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot))
  UNION ALL
  SELECT "weight" AS "__weight", "c1" AS "id", "c3" AS "region", "c4" AS "amount", "c7" AS "paid"
  FROM "pgtrickle_data"."changes_7_1_b"
  WHERE "marker" = 0 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
  UNION ALL
  SELECT "weight" AS "__weight", "c1" AS "id", "c3" AS "region", "c4" AS "amount", "c7" AS "paid"
  FROM "pgtrickle_data"."changes_7_1_b"
  WHERE "marker" = -1 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot)
    AND EXISTS (SELECT FROM "pgtrickle_data"."changes_7_1_b" WHERE "marker" = 4 AND "xid" >= ?::xid8 AND NOT pg_visible_in_snapshot("xid", ?::pg_snapshot))
  OFFSET 0
) AS input
WHERE input."paid";
ANALYZE pg_temp."changes_7_of_projection_with_key";
WITH
-- rows of public.orders that changed since the stored frontier
"scan_1_delta" AS (
  SELECT "__weight", "id", "region", "amount", "paid"
  FROM pg_temp."changes_7_of_projection_with_key"
),
-- their expressions
"project_2_delta" AS (
  SELECT input."__weight",
    input."id" AS "id",
    input."region" AS "region",
    (input."amount" * (2)::numeric) AS "doubled"
  FROM "scan_1_delta" AS input
),
-- one row for each image that changed
"changes" AS (
  SELECT input."__weight", input."id", input."region", input."doubled",
    sum(greatest(input."__weight", 0)) OVER same_key AS "__added",
    sum(greatest(-input."__weight", 0)) OVER same_key AS "__removed"
  FROM (
    SELECT input."__weight", input."id", input."region", input."doubled"
    FROM (
      SELECT sum(input."__weight") OVER image AS "__weight", row_number() OVER image AS "__nth", input."id", input."region", input."doubled"
      FROM "project_2_delta" AS input
      WINDOW image AS (PARTITION BY input."id", input."region", "pg_catalog"."numeric_send"(input."doubled"))
    ) AS input
    WHERE input."__nth" = 1 AND input."__weight" <> 0
  ) AS input
  WINDOW same_key AS (PARTITION BY input."id")
),
-- each with its stored row; what does not fit it fails
"matched" AS MATERIALIZED (
  SELECT stored.ctid AS "__row", change."__added", change."id", change."region", change."doubled",
    CASE
      WHEN change."__added" <= 1
        AND change."__removed" = CASE WHEN stored.ctid IS NULL THEN 0 ELSE 1 END
        AND (change."__weight" > 0 OR record_image_eq(ROW(stored."id", stored."region", stored."doubled"), ROW(change."id", change."region", change."doubled")))
      THEN change."__weight"
      ELSE pgtrickle.refuse_multiplicity(ROW(change."id", change."region", change."doubled")::text)
    END AS "__checked"
  FROM "changes" AS change
  LEFT JOIN "pgtrickle_data"."projection_with_key" AS stored ON stored."id" = change."id"
),
-- keys that are gone
"deleted" AS (
  DELETE FROM "pgtrickle_data"."projection_with_key" AS stored
  USING matched AS change
  WHERE stored.ctid = change."__row" AND change."__checked" < 0 AND change."__added" = 0
  RETURNING 1
),
-- keys that look different
"updated" AS (
  UPDATE "pgtrickle_data"."projection_with_key" AS stored
  SET "id" = change."id", "region" = change."region", "doubled" = change."doubled"
  FROM matched AS change
  WHERE stored.ctid = change."__row" AND change."__checked" > 0
  RETURNING 1
),
-- new keys
"inserted" AS (
  INSERT INTO "pgtrickle_data"."projection_with_key" ("id", "region", "doubled")
  SELECT change."id", change."region", change."doubled"
  FROM matched AS change
  WHERE change."__checked" > 0 AND change."__row" IS NULL
  RETURNING 1
)

-- ==== fullDifference
CREATE TEMPORARY TABLE "difference_of_projection_with_key" ON COMMIT DROP AS
SELECT stored.ctid AS "__row", fresh.*
FROM "pgtrickle_data"."projection_with_key" AS stored
FULL JOIN (
  SELECT true AS "__present", input.*
  FROM (
    SELECT input."id", input."region", (input."amount" * (2)::numeric) AS "doubled"
    FROM ONLY "public"."orders" AS input
    WHERE input."paid"
  ) AS input
) AS fresh
ON stored."id" = fresh."id"
WHERE stored.ctid IS NULL OR fresh."__present" IS NULL
  OR record_image_ne(ROW(stored."id", stored."region", stored."doubled"), ROW(fresh."id", fresh."region", fresh."doubled"));
ANALYZE pg_temp."difference_of_projection_with_key";
WITH
-- stored rows that the query does not have
"deleted" AS (
  DELETE FROM "pgtrickle_data"."projection_with_key" AS stored
  USING pg_temp."difference_of_projection_with_key" AS change
  WHERE stored.ctid = change."__row" AND change."__present" IS NULL
  RETURNING 1
),
-- stored rows that look different
"updated" AS (
  UPDATE "pgtrickle_data"."projection_with_key" AS stored
  SET "id" = change."id", "region" = change."region", "doubled" = change."doubled"
  FROM pg_temp."difference_of_projection_with_key" AS change
  WHERE stored.ctid = change."__row" AND change."__present"
  RETURNING 1
),
-- rows that are not stored
"inserted" AS (
  INSERT INTO "pgtrickle_data"."projection_with_key" ("id", "region", "doubled")
  SELECT change."id", change."region", change."doubled"
  FROM pg_temp."difference_of_projection_with_key" AS change
  WHERE change."__row" IS NULL
  RETURNING 1
)
