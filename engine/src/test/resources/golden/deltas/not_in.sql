-- SELECT c.id FROM public.customer AS c WHERE c.id NOT IN (SELECT o.customer FROM public.orders AS o)

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
-- whether the other side has rows, and NULLs among them
"notin_3_regime" AS MATERIALIZED (
  SELECT counted.*, "__empty_now" <> "__empty_before" OR "__null_now" <> "__null_before"
    AS "__changed"
  FROM (
    SELECT present."__rows" = 0 AS "__empty_now",
      present."__rows" <= more."__rows" AS "__empty_before",
      nulls."__nulls" > 0 AS "__null_now",
      nulls."__nulls" > more."__nulls" AS "__null_before"
    FROM (
      SELECT coalesce(sum("__weight"), 0)::bigint AS "__rows",
        coalesce(sum("__weight") FILTER (WHERE "other"."customer" IS NULL), 0)::bigint AS "__nulls"
      FROM "project_2_delta" AS "other"
    ) AS more
    CROSS JOIN LATERAL (
      SELECT count(*) AS "__rows" FROM (
        SELECT 1
        FROM (
          SELECT "orders"."customer"
          FROM ONLY "public"."orders" AS "orders"
        ) AS "other"
        LIMIT greatest(more."__rows", 0) + 1
      ) AS matches
    ) AS present
    CROSS JOIN LATERAL (
      SELECT count(*) AS "__nulls" FROM (
        SELECT 1
        FROM (
          SELECT "orders"."customer"
          FROM ONLY "public"."orders" AS "orders"
        ) AS "other"
        WHERE "other"."customer" IS NULL
        LIMIT greatest(more."__nulls", 0) + 1
      ) AS matches
    ) AS nulls
  ) AS counted
),
-- keys whose matches may have changed
"notin_4_touched" AS MATERIALIZED (
  SELECT "other"."customer" AS "__key_1"
  FROM "project_2_delta" AS "other"
  GROUP BY "other"."customer"
  HAVING sum("other"."__weight") <> 0
),
-- changed rows, and present ones whose matches changed
"notin_5_probe" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__row", input.*
  FROM (
    SELECT true AS "__present", 1 AS "__weight", "kept"."id"
    FROM "notin_4_touched" AS "touched"
    JOIN (
      SELECT "customer"."id"
      FROM ONLY "public"."customer" AS "customer"
    ) AS "kept"
      ON ("kept"."id") = "touched"."__key_1"
    WHERE NOT (SELECT "__changed" FROM "notin_3_regime")
    UNION ALL
    SELECT true AS "__present", 1 AS "__weight", "kept"."id"
    FROM (
      SELECT "customer"."id"
      FROM ONLY "public"."customer" AS "customer"
    ) AS "kept"
    WHERE (SELECT "__changed" FROM "notin_3_regime")
  ) AS input
),
-- by how many the matches of each have become more
"notin_6_met" AS MATERIALIZED (
  SELECT probe."__row", sum("other"."__weight")::bigint AS "__more"
  FROM "notin_5_probe" AS probe
  JOIN "project_2_delta" AS "other"
    ON ("probe"."id" = "other"."customer")
  GROUP BY probe."__row"
),
-- how many matches each has
"notin_7_now" AS MATERIALIZED (
  SELECT probe."__row", count(*) AS "__now"
  FROM "notin_5_probe" AS probe
  JOIN (
    SELECT "orders"."customer"
    FROM ONLY "public"."orders" AS "orders"
  ) AS "other"
    ON ("probe"."id" = "other"."customer")
  GROUP BY probe."__row"
),
-- rows that are put out since, or no more
"notin_8_delta" AS (
  SELECT CASE WHEN "__present" THEN (regime."__empty_now" OR (NOT regime."__null_now" AND ("counted"."id") IS NOT NULL AND "__now" = 0))::int - (regime."__empty_before" OR (NOT regime."__null_before" AND ("counted"."id") IS NOT NULL AND "__now" <= "__more"))::int ELSE "__weight" * (regime."__empty_before" OR (NOT regime."__null_before" AND ("counted"."id") IS NOT NULL AND "__now" <= "__more"))::int END AS "__weight", "counted"."id"
  FROM (
    SELECT probe."__present", probe."__weight", "probe"."id", coalesce(met."__more", 0) AS "__more", coalesce(present."__now", 0) AS "__now"
    FROM "notin_5_probe" AS probe
    LEFT JOIN "notin_6_met" AS met ON met."__row" = probe."__row"
    LEFT JOIN "notin_7_now" AS present ON present."__row" = probe."__row"
  ) AS counted
  CROSS JOIN "notin_3_regime" AS regime
  WHERE CASE WHEN "__present" THEN (regime."__empty_now" OR (NOT regime."__null_now" AND ("counted"."id") IS NOT NULL AND "__now" = 0))::int - (regime."__empty_before" OR (NOT regime."__null_before" AND ("counted"."id") IS NOT NULL AND "__now" <= "__more"))::int ELSE "__weight" * (regime."__empty_before" OR (NOT regime."__null_before" AND ("counted"."id") IS NOT NULL AND "__now" <= "__more"))::int END <> 0
),
-- their expressions
"project_9_delta" AS (
  SELECT input."__weight",
    input."id" AS "id"
  FROM "notin_8_delta" AS input
),
-- one row for each image that changed
"changes" AS (
  SELECT input."__weight", input."id",
    sum(greatest(input."__weight", 0)) OVER same_key AS "__added",
    sum(greatest(-input."__weight", 0)) OVER same_key AS "__removed"
  FROM (
    SELECT sum(input."__weight") AS "__weight", input."id"
    FROM "project_9_delta" AS input
    GROUP BY input."id"
    HAVING sum(input."__weight") <> 0
  ) AS input
  WINDOW same_key AS (PARTITION BY input."id")
),
-- each with its stored row; what does not fit it fails
"matched" AS MATERIALIZED (
  SELECT stored.ctid AS "__row", change."__added", change."id",
    CASE
      WHEN change."__added" <= 1
        AND change."__removed" = CASE WHEN stored.ctid IS NULL THEN 0 ELSE 1 END
        AND (change."__weight" > 0 OR record_image_eq(ROW(stored."id"), ROW(change."id")))
      THEN change."__weight"
      ELSE pgtrickle.refuse_multiplicity(ROW(change."id")::text)
    END AS "__checked"
  FROM "changes" AS change
  LEFT JOIN LATERAL (
    SELECT stored.ctid AS "ctid", stored.*
    FROM "pgtrickle_data"."not_in" AS stored
    WHERE stored."id" = change."id"
    OFFSET 0
  ) AS stored ON true
),
-- keys that are gone
"deleted" AS (
  DELETE FROM "pgtrickle_data"."not_in" AS stored
  USING matched AS change
  WHERE stored.ctid = change."__row" AND change."__checked" < 0 AND change."__added" = 0
  RETURNING 1
),
-- keys that look different
"updated" AS (
  UPDATE "pgtrickle_data"."not_in" AS stored
  SET "id" = change."id"
  FROM matched AS change
  WHERE stored.ctid = change."__row" AND change."__checked" > 0
  RETURNING 1
),
-- new keys
"inserted" AS (
  INSERT INTO "pgtrickle_data"."not_in" ("id")
  SELECT change."id"
  FROM matched AS change
  WHERE change."__checked" > 0 AND change."__row" IS NULL
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
-- whether the other side has rows, and NULLs among them
"notin_2_regime" AS MATERIALIZED (
  SELECT counted.*, "__empty_now" <> "__empty_before" OR "__null_now" <> "__null_before"
    AS "__changed"
  FROM (
    SELECT present."__rows" = 0 AS "__empty_now",
      present."__rows" <= more."__rows" AS "__empty_before",
      nulls."__nulls" > 0 AS "__null_now",
      nulls."__nulls" > more."__nulls" AS "__null_before"
    FROM (
      SELECT 0 AS "__rows", 0 AS "__nulls"
    ) AS more
    CROSS JOIN LATERAL (
      SELECT count(*) AS "__rows" FROM (
        SELECT 1
        FROM (
          SELECT "orders"."customer"
          FROM ONLY "public"."orders" AS "orders"
        ) AS "other"
        LIMIT greatest(more."__rows", 0) + 1
      ) AS matches
    ) AS present
    CROSS JOIN LATERAL (
      SELECT count(*) AS "__nulls" FROM (
        SELECT 1
        FROM (
          SELECT "orders"."customer"
          FROM ONLY "public"."orders" AS "orders"
        ) AS "other"
        WHERE "other"."customer" IS NULL
        LIMIT greatest(more."__nulls", 0) + 1
      ) AS matches
    ) AS nulls
  ) AS counted
),
-- changed rows, and present ones whose matches changed
"notin_3_probe" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__row", input.*
  FROM (
    SELECT false AS "__present", "kept"."__weight", "kept"."id"
    FROM "scan_1_delta" AS "kept"
  ) AS input
),
-- how many matches each has
"notin_4_now" AS MATERIALIZED (
  SELECT probe."__row", count(*) AS "__now"
  FROM "notin_3_probe" AS probe
  JOIN (
    SELECT "orders"."customer"
    FROM ONLY "public"."orders" AS "orders"
  ) AS "other"
    ON ("probe"."id" = "other"."customer")
  GROUP BY probe."__row"
),
-- rows that are put out since, or no more
"notin_5_delta" AS (
  SELECT CASE WHEN "__present" THEN (regime."__empty_now" OR (NOT regime."__null_now" AND ("counted"."id") IS NOT NULL AND "__now" = 0))::int - (regime."__empty_before" OR (NOT regime."__null_before" AND ("counted"."id") IS NOT NULL AND "__now" <= "__more"))::int ELSE "__weight" * (regime."__empty_before" OR (NOT regime."__null_before" AND ("counted"."id") IS NOT NULL AND "__now" <= "__more"))::int END AS "__weight", "counted"."id"
  FROM (
    SELECT probe."__present", probe."__weight", "probe"."id", 0 AS "__more", coalesce(present."__now", 0) AS "__now"
    FROM "notin_3_probe" AS probe
    LEFT JOIN "notin_4_now" AS present ON present."__row" = probe."__row"
  ) AS counted
  CROSS JOIN "notin_2_regime" AS regime
  WHERE CASE WHEN "__present" THEN (regime."__empty_now" OR (NOT regime."__null_now" AND ("counted"."id") IS NOT NULL AND "__now" = 0))::int - (regime."__empty_before" OR (NOT regime."__null_before" AND ("counted"."id") IS NOT NULL AND "__now" <= "__more"))::int ELSE "__weight" * (regime."__empty_before" OR (NOT regime."__null_before" AND ("counted"."id") IS NOT NULL AND "__now" <= "__more"))::int END <> 0
),
-- their expressions
"project_6_delta" AS (
  SELECT input."__weight",
    input."id" AS "id"
  FROM "notin_5_delta" AS input
),
-- one row for each image that changed
"changes" AS (
  SELECT input."__weight", input."id",
    sum(greatest(input."__weight", 0)) OVER same_key AS "__added",
    sum(greatest(-input."__weight", 0)) OVER same_key AS "__removed"
  FROM (
    SELECT sum(input."__weight") AS "__weight", input."id"
    FROM "project_6_delta" AS input
    GROUP BY input."id"
    HAVING sum(input."__weight") <> 0
  ) AS input
  WINDOW same_key AS (PARTITION BY input."id")
),
-- each with its stored row; what does not fit it fails
"matched" AS MATERIALIZED (
  SELECT stored.ctid AS "__row", change."__added", change."id",
    CASE
      WHEN change."__added" <= 1
        AND change."__removed" = CASE WHEN stored.ctid IS NULL THEN 0 ELSE 1 END
        AND (change."__weight" > 0 OR record_image_eq(ROW(stored."id"), ROW(change."id")))
      THEN change."__weight"
      ELSE pgtrickle.refuse_multiplicity(ROW(change."id")::text)
    END AS "__checked"
  FROM "changes" AS change
  LEFT JOIN LATERAL (
    SELECT stored.ctid AS "ctid", stored.*
    FROM "pgtrickle_data"."not_in" AS stored
    WHERE stored."id" = change."id"
    OFFSET 0
  ) AS stored ON true
),
-- keys that are gone
"deleted" AS (
  DELETE FROM "pgtrickle_data"."not_in" AS stored
  USING matched AS change
  WHERE stored.ctid = change."__row" AND change."__checked" < 0 AND change."__added" = 0
  RETURNING 1
),
-- keys that look different
"updated" AS (
  UPDATE "pgtrickle_data"."not_in" AS stored
  SET "id" = change."id"
  FROM matched AS change
  WHERE stored.ctid = change."__row" AND change."__checked" > 0
  RETURNING 1
),
-- new keys
"inserted" AS (
  INSERT INTO "pgtrickle_data"."not_in" ("id")
  SELECT change."id"
  FROM matched AS change
  WHERE change."__checked" > 0 AND change."__row" IS NULL
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
-- whether the other side has rows, and NULLs among them
"notin_4_regime" AS MATERIALIZED (
  SELECT counted.*, "__empty_now" <> "__empty_before" OR "__null_now" <> "__null_before"
    AS "__changed"
  FROM (
    SELECT present."__rows" = 0 AS "__empty_now",
      present."__rows" <= more."__rows" AS "__empty_before",
      nulls."__nulls" > 0 AS "__null_now",
      nulls."__nulls" > more."__nulls" AS "__null_before"
    FROM (
      SELECT coalesce(sum("__weight"), 0)::bigint AS "__rows",
        coalesce(sum("__weight") FILTER (WHERE "other"."customer" IS NULL), 0)::bigint AS "__nulls"
      FROM "project_3_delta" AS "other"
    ) AS more
    CROSS JOIN LATERAL (
      SELECT count(*) AS "__rows" FROM (
        SELECT 1
        FROM (
          SELECT "orders"."customer"
          FROM ONLY "public"."orders" AS "orders"
        ) AS "other"
        LIMIT greatest(more."__rows", 0) + 1
      ) AS matches
    ) AS present
    CROSS JOIN LATERAL (
      SELECT count(*) AS "__nulls" FROM (
        SELECT 1
        FROM (
          SELECT "orders"."customer"
          FROM ONLY "public"."orders" AS "orders"
        ) AS "other"
        WHERE "other"."customer" IS NULL
        LIMIT greatest(more."__nulls", 0) + 1
      ) AS matches
    ) AS nulls
  ) AS counted
),
-- keys whose matches may have changed
"notin_5_touched" AS MATERIALIZED (
  SELECT "other"."customer" AS "__key_1"
  FROM "project_3_delta" AS "other"
  GROUP BY "other"."customer"
  HAVING sum("other"."__weight") <> 0
),
-- changed rows, and present ones whose matches changed
"notin_6_probe" AS MATERIALIZED (
  SELECT row_number() OVER () AS "__row", input.*
  FROM (
    SELECT false AS "__present", "kept"."__weight", "kept"."id"
    FROM "scan_1_delta" AS "kept"
    UNION ALL
    SELECT true AS "__present", 1 AS "__weight", "kept"."id"
    FROM "notin_5_touched" AS "touched"
    JOIN (
      SELECT "customer"."id"
      FROM ONLY "public"."customer" AS "customer"
    ) AS "kept"
      ON ("kept"."id") = "touched"."__key_1"
    WHERE NOT (SELECT "__changed" FROM "notin_4_regime")
    UNION ALL
    SELECT true AS "__present", 1 AS "__weight", "kept"."id"
    FROM (
      SELECT "customer"."id"
      FROM ONLY "public"."customer" AS "customer"
    ) AS "kept"
    WHERE (SELECT "__changed" FROM "notin_4_regime")
  ) AS input
),
-- by how many the matches of each have become more
"notin_7_met" AS MATERIALIZED (
  SELECT probe."__row", sum("other"."__weight")::bigint AS "__more"
  FROM "notin_6_probe" AS probe
  JOIN "project_3_delta" AS "other"
    ON ("probe"."id" = "other"."customer")
  GROUP BY probe."__row"
),
-- how many matches each has
"notin_8_now" AS MATERIALIZED (
  SELECT probe."__row", count(*) AS "__now"
  FROM "notin_6_probe" AS probe
  JOIN (
    SELECT "orders"."customer"
    FROM ONLY "public"."orders" AS "orders"
  ) AS "other"
    ON ("probe"."id" = "other"."customer")
  GROUP BY probe."__row"
),
-- rows that are put out since, or no more
"notin_9_delta" AS (
  SELECT CASE WHEN "__present" THEN (regime."__empty_now" OR (NOT regime."__null_now" AND ("counted"."id") IS NOT NULL AND "__now" = 0))::int - (regime."__empty_before" OR (NOT regime."__null_before" AND ("counted"."id") IS NOT NULL AND "__now" <= "__more"))::int ELSE "__weight" * (regime."__empty_before" OR (NOT regime."__null_before" AND ("counted"."id") IS NOT NULL AND "__now" <= "__more"))::int END AS "__weight", "counted"."id"
  FROM (
    SELECT probe."__present", probe."__weight", "probe"."id", coalesce(met."__more", 0) AS "__more", coalesce(present."__now", 0) AS "__now"
    FROM "notin_6_probe" AS probe
    LEFT JOIN "notin_7_met" AS met ON met."__row" = probe."__row"
    LEFT JOIN "notin_8_now" AS present ON present."__row" = probe."__row"
  ) AS counted
  CROSS JOIN "notin_4_regime" AS regime
  WHERE CASE WHEN "__present" THEN (regime."__empty_now" OR (NOT regime."__null_now" AND ("counted"."id") IS NOT NULL AND "__now" = 0))::int - (regime."__empty_before" OR (NOT regime."__null_before" AND ("counted"."id") IS NOT NULL AND "__now" <= "__more"))::int ELSE "__weight" * (regime."__empty_before" OR (NOT regime."__null_before" AND ("counted"."id") IS NOT NULL AND "__now" <= "__more"))::int END <> 0
),
-- their expressions
"project_10_delta" AS (
  SELECT input."__weight",
    input."id" AS "id"
  FROM "notin_9_delta" AS input
),
-- one row for each image that changed
"changes" AS (
  SELECT input."__weight", input."id",
    sum(greatest(input."__weight", 0)) OVER same_key AS "__added",
    sum(greatest(-input."__weight", 0)) OVER same_key AS "__removed"
  FROM (
    SELECT sum(input."__weight") AS "__weight", input."id"
    FROM "project_10_delta" AS input
    GROUP BY input."id"
    HAVING sum(input."__weight") <> 0
  ) AS input
  WINDOW same_key AS (PARTITION BY input."id")
),
-- each with its stored row; what does not fit it fails
"matched" AS MATERIALIZED (
  SELECT stored.ctid AS "__row", change."__added", change."id",
    CASE
      WHEN change."__added" <= 1
        AND change."__removed" = CASE WHEN stored.ctid IS NULL THEN 0 ELSE 1 END
        AND (change."__weight" > 0 OR record_image_eq(ROW(stored."id"), ROW(change."id")))
      THEN change."__weight"
      ELSE pgtrickle.refuse_multiplicity(ROW(change."id")::text)
    END AS "__checked"
  FROM "changes" AS change
  LEFT JOIN LATERAL (
    SELECT stored.ctid AS "ctid", stored.*
    FROM "pgtrickle_data"."not_in" AS stored
    WHERE stored."id" = change."id"
    OFFSET 0
  ) AS stored ON true
),
-- keys that are gone
"deleted" AS (
  DELETE FROM "pgtrickle_data"."not_in" AS stored
  USING matched AS change
  WHERE stored.ctid = change."__row" AND change."__checked" < 0 AND change."__added" = 0
  RETURNING 1
),
-- keys that look different
"updated" AS (
  UPDATE "pgtrickle_data"."not_in" AS stored
  SET "id" = change."id"
  FROM matched AS change
  WHERE stored.ctid = change."__row" AND change."__checked" > 0
  RETURNING 1
),
-- new keys
"inserted" AS (
  INSERT INTO "pgtrickle_data"."not_in" ("id")
  SELECT change."id"
  FROM matched AS change
  WHERE change."__checked" > 0 AND change."__row" IS NULL
  RETURNING 1
)
