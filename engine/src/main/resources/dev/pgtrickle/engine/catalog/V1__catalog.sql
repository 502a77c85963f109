-- The registry of pgtrickle. Everything that the engine knows lives here; it is plain SQL, owned by
-- the engine role (the database owner, as a rule). See docs/concepts.md.

CREATE TABLE pgtrickle.setting (
  name        text PRIMARY KEY,
  value       text NOT NULL,
  description text NOT NULL
);

-- P13: every writing transaction of ours locks this empty table IN ROW SHARE MODE first; a new owner
-- takes it IN EXCLUSIVE MODE, raises the epoch and commits.
CREATE TABLE pgtrickle.fence ();

CREATE TABLE pgtrickle.ownership (
  only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  epoch      bigint NOT NULL,
  owner      text NOT NULL,
  taken_at   timestamptz NOT NULL,
  renewed_at timestamptz NOT NULL
);
INSERT INTO pgtrickle.ownership (epoch, owner, taken_at, renewed_at) VALUES (0, 'nobody', now(), now());

-- P19: the row knows which transaction wrote it, into which table of which database. VACUUM, promotion and
-- recovery to a point in time keep all three; dump and restore, and CREATE DATABASE .. TEMPLATE, do not.
CREATE TABLE pgtrickle.lineage (
  only_row     boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  stamp        xid8 NOT NULL,
  database_oid oid NOT NULL,
  own_oid      oid NOT NULL,
  begun_at     timestamptz NOT NULL DEFAULT now()
);

-- Backends of the owner, so that its successor can end them (pid alone may be reused).
CREATE TABLE pgtrickle.owner_session (
  epoch         bigint NOT NULL,
  pid           integer NOT NULL,
  backend_start timestamptz NOT NULL,
  PRIMARY KEY (pid, backend_start)
);

-- A row is a claim: the unique key decides who was first. One that nobody owns any more ('retained',
-- 'orphaned') is a tombstone: its relation is still read, and its name can come back.
CREATE TABLE pgtrickle.stream_table (
  id                   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  relation_schema      text NOT NULL,
  relation_name        text NOT NULL,
  origin_kubernetes    text NOT NULL DEFAULT '',  -- which Kubernetes; empty outside of one
  origin_namespace     text NOT NULL,
  origin_name          text NOT NULL,
  origin_uid           text NOT NULL,
  definition           jsonb NOT NULL,      -- as asked for: query, mode, schedule, limits ...
  definition_hash      text NOT NULL,       -- of that part of it which decides the rows
  revision             bigint NOT NULL DEFAULT 1,  -- raised by all that is asked for
  pending              jsonb,               -- asked for and not accepted: hash, summary, dependants
  plan                 jsonb,               -- as understood: mode, class, reason, operators, sources
  state                text NOT NULL CHECK (state IN
                         ('creating', 'loading', 'active', 'stalled', 'releasing', 'retained', 'orphaned')),
  release_policy       text CHECK (release_policy IN ('Retain', 'Delete', 'Orphan')),
  released_at          timestamptz,
  drift                jsonb NOT NULL DEFAULT '[]',  -- what is not as we left it: kind, message
  stall_code           text,
  stall_message        text,
  stall_remedy         text,
  consecutive_failures integer NOT NULL DEFAULT 0,
  last_failure         text,
  created_at           timestamptz NOT NULL DEFAULT now(),
  UNIQUE (relation_schema, relation_name)
);

CREATE TABLE pgtrickle.storage_version (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  stream_table_id bigint NOT NULL REFERENCES pgtrickle.stream_table ON DELETE CASCADE,
  storage_name    text NOT NULL,            -- in schema pgtrickle_data
  guard_name      text NOT NULL,            -- empty table in pgtrickle_data: P2's guard
  populated       boolean NOT NULL DEFAULT false,
  gate_open       boolean NOT NULL DEFAULT false,  -- the view is what it shall be (barrier passed)
  revision        bigint NOT NULL DEFAULT 0,       -- of stream_table: brought about up to here
  definition_hash text NOT NULL DEFAULT '',        -- of the query that the rows answer
  layout          jsonb NOT NULL DEFAULT '{}',     -- columns and key of the storage
  view_columns    text[] NOT NULL DEFAULT '{}',    -- what readers see; the storage may have more
  fill            text CHECK (fill IN ('difference', 'replacement')),  -- prepared for other rows
  indexes         text[] NOT NULL DEFAULT '{}',    -- names of the user's indexes on the storage
  grants          text[] NOT NULL DEFAULT '{}',    -- roles that may read by our grant
  view_owner      text NOT NULL DEFAULT '',        -- empty = the engine role
  view_stamp      text,                            -- what our view said when we left it
  guard_stamp     text,                            -- and which trigger guarded the storage
  copied          boolean NOT NULL DEFAULT false,  -- P19: came along with a copy, not compared since
  created_at      timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX storage_version_of_table ON pgtrickle.storage_version (stream_table_id);

CREATE TABLE pgtrickle.source (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  relation_oid    oid UNIQUE,               -- NULL = of the database that this one is a copy of (P19)
  relation_schema text NOT NULL,
  relation_name   text NOT NULL,
  generation      integer NOT NULL,         -- current pair of buffers
  active_side     text NOT NULL CHECK (active_side IN ('a', 'b')),
  horizon         pg_snapshot,              -- P4; NULL = everything: a capture gap is open
  gap_reason      text,                     -- what the last gap was, where there is more to say of it
  gap_closed      pg_snapshot,              -- since when it is closed: who has not seen that is told the reason
  capture_stamp   bigint[] NOT NULL,        -- P7: what our own triggers and functions looked like
  lease_until     timestamptz NOT NULL,     -- P18: the deadline in the capture functions
  wake            text NOT NULL CHECK (wake IN ('notify', 'poll')),
  coverage        text NOT NULL CHECK (coverage IN ('complete', 'origin only')),  -- P14
  flipped_at      timestamptz NOT NULL DEFAULT now()
);

-- A pair of buffers of a source. More columns = a new pair (P3); the old one drains.
CREATE TABLE pgtrickle.buffer_pair (
  source_id  bigint NOT NULL REFERENCES pgtrickle.source ON DELETE CASCADE,
  generation integer NOT NULL,
  persistence text NOT NULL DEFAULT 'logged' CHECK (persistence IN ('logged', 'unlogged')),
  settled_at timestamptz,                   -- P3's barrier was passed after capture began to write here
  drained_at timestamptz,
  PRIMARY KEY (source_id, generation)
);

-- A row for each pair of unlogged buffers. Recovery from a crash, and the promotion of a standby, empty
-- all unlogged tables at once: while the row is there, so is what was captured.
CREATE UNLOGGED TABLE pgtrickle.sentinel (
  source_id  bigint NOT NULL,
  generation integer NOT NULL,
  PRIMARY KEY (source_id, generation)
);

CREATE TABLE pgtrickle.captured_column (
  source_id        bigint NOT NULL,
  generation       integer NOT NULL,
  attribute_number integer NOT NULL,
  type             text NOT NULL,
  PRIMARY KEY (source_id, generation, attribute_number),
  FOREIGN KEY (source_id, generation) REFERENCES pgtrickle.buffer_pair ON DELETE CASCADE
);

-- P1, P4. Written by refreshes only (and pinned before the first load).
CREATE TABLE pgtrickle.frontier (
  version_id   bigint NOT NULL REFERENCES pgtrickle.storage_version ON DELETE CASCADE,
  source_id    bigint NOT NULL REFERENCES pgtrickle.source ON DELETE CASCADE,
  snapshot     pg_snapshot NOT NULL,
  pinned       boolean NOT NULL DEFAULT true,
  fingerprint  bigint[] NOT NULL,           -- P7: one hash a part, so that a difference has a name
  filenode     bigint NOT NULL,
  catalog_trace bigint,                     -- versions of the catalog's rows at S: equal = all as they were
  refreshed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (version_id, source_id)
) WITH (fillfactor = 50);

CREATE TABLE pgtrickle.request (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  stream_table_id bigint NOT NULL REFERENCES pgtrickle.stream_table ON DELETE CASCADE,
  mode            text CHECK (mode IN ('Full', 'Differential')),
  token           text,                     -- the asker's own name for it: asked twice is asked once
  state           text NOT NULL DEFAULT 'Accepted' CHECK (state IN ('Accepted', 'Running', 'Succeeded', 'Failed')),
  requested_by    name NOT NULL DEFAULT session_user,
  requested_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  finished_at     timestamptz,
  error_code      text,
  message         text
);
CREATE INDEX request_open ON pgtrickle.request (id) WHERE state IN ('Accepted', 'Running');
CREATE UNIQUE INDEX request_token ON pgtrickle.request (stream_table_id, requested_by, token);

CREATE TABLE pgtrickle.history (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  stream_table_id bigint NOT NULL,
  started_at      timestamptz NOT NULL,     -- of the transaction whose snapshot the rows have
  finished_at     timestamptz NOT NULL,
  cause           text NOT NULL,            -- Schedule | OnChange | Request | Initial | Retry
  mode            text NOT NULL,            -- Differential | Full
  reason          text NOT NULL,
  changes         bigint NOT NULL,          -- captured rows in the window; -1 = not counted
  rows_inserted   bigint NOT NULL,
  rows_updated    bigint NOT NULL,
  rows_deleted    bigint NOT NULL,
  result          text NOT NULL CHECK (result IN ('Succeeded', 'Failed')),
  error_code      text,
  sql_state       text,
  message         text
);
CREATE INDEX history_of_table ON pgtrickle.history (stream_table_id, id DESC);

-- Repairs of drift, so that a quarrel with somebody else's program is noticed (RepairLoop).
CREATE TABLE pgtrickle.repair (
  stream_table_id bigint NOT NULL REFERENCES pgtrickle.stream_table ON DELETE CASCADE,
  repaired_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  kinds           text[] NOT NULL
);
CREATE INDEX repair_of_table ON pgtrickle.repair (stream_table_id, repaired_at);
-- Without a key: where a publication of all tables is accepted (P20), nothing could be deleted else.
ALTER TABLE pgtrickle.repair REPLICA IDENTITY FULL;

-- a is contained in b: everything visible in a is visible in b (P4's proof).
CREATE FUNCTION pgtrickle.snapshot_within(a pg_snapshot, b pg_snapshot) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN pg_snapshot_xmax(a) <= pg_snapshot_xmax(b)
   AND NOT EXISTS (SELECT FROM pg_snapshot_xip(b) AS x (xid) WHERE pg_visible_in_snapshot(x.xid, a));

-- What both snapshots see. Frontiers of one source are not always one within the other: one of them
-- may contain the transaction that wrote it (P11), which another, taken a moment later, does not.
CREATE FUNCTION pgtrickle.snapshot_intersection(a pg_snapshot, b pg_snapshot) RETURNS pg_snapshot
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
  SELECT (least(pg_snapshot_xmin(a), pg_snapshot_xmin(b))::text
          || ':' || least(pg_snapshot_xmax(a), pg_snapshot_xmax(b))::text
          || ':' || coalesce(string_agg(x.xid::text, ',' ORDER BY x.xid), ''))::pg_snapshot
  FROM (SELECT xid FROM pg_snapshot_xip(a) AS xid
        UNION SELECT xid FROM pg_snapshot_xip(b) AS xid) AS x
  WHERE x.xid < least(pg_snapshot_xmax(a), pg_snapshot_xmax(b)));

CREATE AGGREGATE pgtrickle.seen_by_all(pg_snapshot) (
  SFUNC = pgtrickle.snapshot_intersection, STYPE = pg_snapshot);

-- What either snapshot sees.
CREATE FUNCTION pgtrickle.snapshot_union(a pg_snapshot, b pg_snapshot) RETURNS pg_snapshot
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
  SELECT (greatest(pg_snapshot_xmin(a), pg_snapshot_xmin(b))::text
          || ':' || greatest(pg_snapshot_xmax(a), pg_snapshot_xmax(b))::text
          || ':' || coalesce(string_agg(x.xid::text, ',' ORDER BY x.xid), ''))::pg_snapshot
  FROM (SELECT xid FROM pg_snapshot_xip(a) AS xid
        UNION SELECT xid FROM pg_snapshot_xip(b) AS xid) AS x
  WHERE NOT pg_visible_in_snapshot(x.xid, a) AND NOT pg_visible_in_snapshot(x.xid, b));

-- What a snapshot sees, and one transaction besides, whether it was running then or began later.
CREATE FUNCTION pgtrickle.snapshot_with(seen pg_snapshot, own xid8) RETURNS pg_snapshot
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
  SELECT (pg_snapshot_xmin(seen)::text
          || ':' || greatest(pg_snapshot_xmax(seen)::text::bigint, own::text::bigint + 1)::text
          || ':' || coalesce(string_agg(x.xid::text, ',' ORDER BY x.xid), ''))::pg_snapshot
  FROM (SELECT xid::text::bigint AS xid FROM pg_snapshot_xip(seen) AS xid
        UNION ALL
        SELECT generate_series(pg_snapshot_xmax(seen)::text::bigint, own::text::bigint - 1)) AS x
  WHERE x.xid <> own::text::bigint);

INSERT INTO pgtrickle.setting (name, value, description) VALUES
  ('historyKeepRows', '1000', 'rows of history kept for each stream table'),
  ('historyKeepFor', '7 days', 'how long a row of history is kept; the newest of a table always is'),
  ('orphanKeepFor', '24 hours', 'how long capture goes on for a table whose owner left it as an orphan'),
  ('maxParseNodes', '100000', 'a query with more nodes is refused as QueryTooComplex');

-- P11: what another table of the same refresh hands on is estimated before, and counted here.
CREATE FUNCTION pgtrickle.require_at_most(most bigint, present bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
  IF present > most THEN
    RAISE EXCEPTION 'more changes were handed on than the statement reads'
      USING ERRCODE = 'PT002', HINT = 'It is tried again by itself.';
  END IF;
END $body$;

-- P8: a table that is not populated yet, in the reader's own snapshot, raises 55000 like a
-- materialized view WITH NO DATA; never an empty result.
CREATE FUNCTION pgtrickle.require_populated(version bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
  IF NOT EXISTS (SELECT FROM pgtrickle.storage_version AS v WHERE v.id = version AND v.populated) THEN
    RAISE EXCEPTION 'the stream table has not been populated'
      USING ERRCODE = 'object_not_in_prerequisite_state',
            HINT = 'Wait for its first load; pgtrickle.stream_tables shows the progress.';
  END IF;
  RETURN true;
END $body$;

-- P8: storage is written by refreshes only.
CREATE FUNCTION pgtrickle.refuse_foreign_write() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
  IF coalesce(current_setting('pgtrickle.writing', true), '') <> 'refresh' THEN
    RAISE EXCEPTION 'the storage of a stream table is written by refreshes only'
      USING ERRCODE = 'object_not_in_prerequisite_state',
            HINT = 'Change the base tables; the stream table follows.';
  END IF;
  RETURN NULL;
END $body$;

CREATE FUNCTION pgtrickle.refuse_write_through_view() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
  RAISE EXCEPTION 'stream table %.% is read-only', TG_TABLE_SCHEMA, TG_TABLE_NAME
    USING ERRCODE = 'object_not_in_prerequisite_state',
          HINT = 'Change the base tables; the stream table follows.';
END $body$;

-- P15: only asks; the worker acts in its own transaction. mode: NULL, 'Full' or 'Differential'. Runs
-- with the engine role's rights, so that who may ask need not be able to write a request as he likes:
-- who asked is the login, whatever role it has taken on.
CREATE FUNCTION pgtrickle.refresh_stream_table(
  schema_name text, table_name text, mode text DEFAULT NULL, token text DEFAULT NULL)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
#variable_conflict use_column
DECLARE
  request_id bigint;
BEGIN
  IF refresh_stream_table.mode NOT IN ('Full', 'Differential') THEN
    RAISE EXCEPTION 'there is no refresh of mode %', quote_literal(refresh_stream_table.mode)
      USING ERRCODE = 'invalid_parameter_value',
            HINT = 'Write ''Full'' or ''Differential'', or leave it out for the mode of the table.';
  END IF;
  -- One who asks twice by the same token gets the first answer; tokens of others are no concern of his.
  INSERT INTO pgtrickle.request AS known (stream_table_id, mode, token)
  SELECT st.id, refresh_stream_table.mode, refresh_stream_table.token
  FROM pgtrickle.stream_table AS st
  WHERE st.relation_schema = refresh_stream_table.schema_name
    AND st.relation_name = refresh_stream_table.table_name
  ON CONFLICT (stream_table_id, requested_by, token) DO UPDATE SET token = known.token
  RETURNING id INTO request_id;
  IF request_id IS NULL THEN
    RAISE EXCEPTION 'there is no stream table %.%', schema_name, table_name
      USING ERRCODE = 'undefined_table',
            HINT = 'SELECT relation FROM pgtrickle.stream_tables lists them.';
  END IF;
  PERFORM pg_notify('pgtrickle', 'request');
  RETURN request_id;
END $body$;

-- Which storage versions have unread changes, and of how many sources, for those who may not look
-- into the buffers.
CREATE FUNCTION pgtrickle.unread_changes() RETURNS TABLE (version_id bigint, unread_sources bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT unread.version_id, count(*)
  FROM pgtrickle_data.unread() AS unread
  GROUP BY unread.version_id;
END $body$;

-- What the views for users are made of. Queries, reasons and messages of errors can tell of rows that
-- the reader may not read: they are for those who may act as the role whose rights the query has. What
-- nobody selects is not computed; the functions that decide are PostgreSQL's own.
CREATE VIEW pgtrickle.known_stream_table AS
SELECT known.*,
       CASE WHEN known.populated THEN
         CASE WHEN known.changes_are_read AND known.maintained AND known.still
              THEN greatest(known.present, known.refreshed_at)
              ELSE known.refreshed_at END
       END AS data_time
FROM (
  SELECT st.*, v.id AS version_id, v.storage_name, coalesce(v.populated, false) AS populated,
         st.state IN ('creating', 'loading', 'active') AS maintained,
         -- P15: false where the answer moves without any change.
         coalesce((st.plan ->> 'still')::boolean, true) AS still,
         v.revision < st.revision
           OR cardinality(v.view_columns) < (
                SELECT count(*) FROM jsonb_array_elements(v.layout -> 'columns') AS entry
                WHERE entry ->> 'visibility' = 'VISIBLE') AS changing,
         coalesce(unread.unread_sources, 0) AS unread_sources,
         coalesce(frontier.incomplete, false) AS capture_gap,
         coalesce(unread.unread_sources, 0) = 0 AND NOT coalesce(frontier.incomplete, false)
           AS changes_are_read,
         frontier.refreshed_at,
         -- Not later than the snapshot of who looks: what was committed since, he does not see.
         CASE WHEN current_setting('transaction_isolation') LIKE 'read %'
              THEN statement_timestamp() ELSE now() END AS present,
         pg_has_role(registry.nspowner, 'USAGE')
           OR coalesce(pg_has_role(owner.oid, 'USAGE'), false) AS open_to_reader
  FROM pgtrickle.stream_table AS st
  CROSS JOIN (SELECT nspowner FROM pg_namespace WHERE nspname = 'pgtrickle') AS registry
  LEFT JOIN pgtrickle.storage_version AS v ON v.stream_table_id = st.id
  LEFT JOIN pg_roles AS owner ON owner.rolname = v.view_owner
  LEFT JOIN (SELECT u.version_id, sum(u.unread_sources) AS unread_sources
             FROM pgtrickle.unread_changes() AS u GROUP BY u.version_id) AS unread
    ON unread.version_id = v.id
  -- Incomplete: changes were removed from the buffers (P4), or are not recorded any more (P18).
  LEFT JOIN LATERAL (
    SELECT f.version_id, min(f.refreshed_at) AS refreshed_at,
           bool_or(NOT coalesce(pgtrickle.snapshot_within(s.horizon, f.snapshot), false)
                   OR s.lease_until <= statement_timestamp() + interval '1 minute') AS incomplete
    FROM pgtrickle.frontier AS f
    JOIN pgtrickle.source AS s ON s.id = f.source_id
    WHERE f.version_id = v.id
    GROUP BY f.version_id
  ) AS frontier ON frontier.version_id = v.id
) AS known;

-- A row a stream table, in the words of trickle status.
CREATE VIEW pgtrickle.stream_tables AS
SELECT format('%I.%I', known.relation_schema, known.relation_name) AS relation,
       CASE
         WHEN known.state IN ('retained', 'orphaned', 'stalled') THEN known.state
         WHEN known.state = 'releasing' THEN 'deleting'
         WHEN known.definition ->> 'activity' = 'SUSPENDED' THEN 'suspended'
         WHEN known.version_id IS NULL THEN 'creating'
         WHEN NOT known.populated THEN 'loading'
         WHEN known.changing THEN 'changing'
         ELSE 'active'
       END AS state,
       known.plan ->> 'mode' AS mode,
       known.plan ->> 'class' AS class,
       CASE WHEN known.open_to_reader THEN known.plan ->> 'reason' END AS reason,
       CASE WHEN known.open_to_reader THEN known.definition ->> 'query' END AS query,
       known.refreshed_at,
       known.consecutive_failures,
       CASE WHEN known.open_to_reader THEN known.last_failure END AS last_failure,
       known.stall_code,
       CASE WHEN known.open_to_reader THEN known.stall_message END AS stall_message,
       CASE WHEN known.open_to_reader THEN known.stall_remedy END AS stall_remedy,
       known.relation_schema AS schema_name,
       known.relation_name AS table_name,
       CASE WHEN known.definition -> 'schedule' ? 'onChange' THEN 'on change'
            ELSE coalesce('every ' || lower(substr(known.definition -> 'schedule' ->> 'every', 3)),
                          'manual') END AS schedule,
       known.populated,
       known.data_time,
       greatest(known.present - known.data_time, interval '0') AS lag,
       CASE WHEN known.populated THEN pg_stat_get_live_tuples(storage.oid) END AS estimated_rows,
       last.finished_at AS last_refresh_at,
       last.finished_at - last.started_at AS last_refresh_took,
       last.cause AS last_refresh_cause,
       last.mode AS last_refresh_mode
FROM pgtrickle.known_stream_table AS known
LEFT JOIN pg_class AS storage
  ON storage.relname = known.storage_name
 AND storage.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = 'pgtrickle_data')
LEFT JOIN LATERAL (
  SELECT h.started_at, h.finished_at, h.cause, h.mode FROM pgtrickle.history AS h
  WHERE h.stream_table_id = known.id AND h.result = 'Succeeded' ORDER BY h.id DESC LIMIT 1
) AS last ON true;

-- Since when a stream table is not current, and why: all changes committed before data_time are in it.
CREATE VIEW pgtrickle.stream_table_lag AS
SELECT format('%I.%I', known.relation_schema, known.relation_name) AS relation,
       known.relation_schema AS schema_name,
       known.relation_name AS table_name,
       known.unread_sources,
       known.capture_gap,
       known.data_time,
       greatest(known.present - known.data_time, interval '0') AS lag
FROM pgtrickle.known_stream_table AS known;

-- What was refreshed and what failed, as long as it is kept (historyKeepRows, historyKeepFor).
CREATE VIEW pgtrickle.refresh_history AS
SELECT h.id,
       format('%I.%I', known.relation_schema, known.relation_name) AS relation,
       known.relation_schema AS schema_name,
       known.relation_name AS table_name,
       h.started_at, h.finished_at, h.finished_at - h.started_at AS took,
       h.cause, h.mode,
       CASE WHEN known.open_to_reader THEN h.reason END AS reason,
       nullif(h.changes, -1) AS changes, h.rows_inserted, h.rows_updated, h.rows_deleted,
       h.result, h.error_code, h.sql_state,
       CASE WHEN known.open_to_reader THEN h.message END AS message
FROM pgtrickle.history AS h
JOIN pgtrickle.known_stream_table AS known ON known.id = h.stream_table_id;

-- What the reader's login has asked for, and for the engine role everything. The barrier keeps
-- functions of the reader's own from seeing rows that are not his.
CREATE VIEW pgtrickle.refresh_requests WITH (security_barrier) AS
SELECT r.id,
       format('%I.%I', known.relation_schema, known.relation_name) AS relation,
       known.relation_schema AS schema_name,
       known.relation_name AS table_name,
       r.mode, r.token, r.state, r.requested_by, r.requested_at, r.finished_at, r.error_code,
       CASE WHEN r.state <> 'Failed' OR known.open_to_reader THEN r.message END AS message
FROM pgtrickle.request AS r
JOIN pgtrickle.known_stream_table AS known ON known.id = r.stream_table_id
WHERE r.requested_by = session_user
   OR pg_has_role((SELECT nspowner FROM pg_namespace WHERE nspname = 'pgtrickle'), 'USAGE');

-- P15: asks, commits and waits. PostgreSQL lets no procedure commit that has rights or settings of its
-- own, so this one has the caller's, and names the schema of every operator and type. Called within a
-- transaction its first COMMIT fails with 2D000, and nothing has been asked.
CREATE PROCEDURE pgtrickle.refresh_stream_table_and_wait(
  schema_name text, table_name text, mode text DEFAULT NULL, token text DEFAULT NULL,
  timeout interval DEFAULT '1 minute')
LANGUAGE plpgsql
AS $body$
DECLARE
  asked CONSTANT pg_catalog.int8 := pgtrickle.refresh_stream_table(schema_name, table_name, mode, token);
  deadline CONSTANT pg_catalog.timestamptz := pg_catalog.clock_timestamp() OPERATOR(pg_catalog.+) timeout;
  pause pg_catalog.float8 := 0.002;
  request pg_catalog.record;
BEGIN
  LOOP
    -- Each look has a snapshot of its own, and nothing is held for longer than a pause.
    COMMIT;
    SELECT r.state, r.error_code, r.message INTO request
    FROM pgtrickle.refresh_requests AS r
    WHERE r.id OPERATOR(pg_catalog.=) asked;
    IF request.state IS NULL THEN
      RAISE EXCEPTION 'NotFound: the stream table %.% was removed', schema_name, table_name
        USING ERRCODE = 'PT101', DETAIL = 'NotFound';
    ELSIF request.state OPERATOR(pg_catalog.=) 'Succeeded' THEN
      RETURN;
    ELSIF request.state OPERATOR(pg_catalog.=) 'Failed' THEN
      RAISE EXCEPTION '%', coalesce(request.message, pg_catalog.format(
          '%s: the refresh of %I.%I failed; its owner can read why', request.error_code, schema_name,
          table_name))
        USING ERRCODE = 'PT101', DETAIL = request.error_code;
    ELSIF pg_catalog.clock_timestamp() OPERATOR(pg_catalog.>=) deadline THEN
      IF request.state OPERATOR(pg_catalog.=) 'Accepted' THEN
        RAISE EXCEPTION 'nobody has begun request % of %.% within %', asked, schema_name, table_name, timeout
          USING ERRCODE = 'PT102',
                HINT = 'Is a worker running? The request stays, and is served when there is one.';
      END IF;
      RAISE EXCEPTION 'request % of %.% has not ended within %', asked, schema_name, table_name, timeout
        USING ERRCODE = 'PT103', HINT = 'It goes on; pgtrickle.refresh_requests tells what becomes of it.';
    END IF;
    COMMIT;
    PERFORM pg_catalog.pg_sleep(pause);
    pause := least(pause OPERATOR(pg_catalog.*) 1.5::pg_catalog.float8, 0.1);
  END LOOP;
END $body$;
REVOKE EXECUTE ON ROUTINE pgtrickle.refresh_stream_table, pgtrickle.refresh_stream_table_and_wait,
  pgtrickle.unread_changes FROM PUBLIC;

-- Removes everything of ours, the stream tables included: all of it, or nothing and the reason. Waits
-- for a lock no longer than any other statement of ours; call it again when an application is in the way.
CREATE FUNCTION pgtrickle.uninstall() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET lock_timeout = '500ms'
AS $body$
DECLARE
  -- A relation that only bears the name of a stream table is not ours: ours read our storage.
  stream_views CONSTANT oid[] := ARRAY(
    SELECT DISTINCT rule.ev_class
    FROM pg_rewrite AS rule
    JOIN pg_depend AS reads ON reads.classid = 'pg_rewrite'::regclass AND reads.objid = rule.oid
      AND reads.refclassid = 'pg_class'::regclass
    JOIN pg_class AS storage
      ON storage.oid = reads.refobjid AND storage.relnamespace = 'pgtrickle_data'::regnamespace
    JOIN pg_class AS named ON named.oid = rule.ev_class AND named.relkind = 'v'
    JOIN pg_namespace AS home ON home.oid = named.relnamespace
    JOIN pgtrickle.stream_table AS st
      ON st.relation_schema = home.nspname AND st.relation_name = named.relname);
  our_views CONSTANT oid[] := ARRAY(
    SELECT c.oid FROM pg_class AS c
    WHERE c.relnamespace = 'pgtrickle'::regnamespace AND c.relkind = 'v');
  our_functions CONSTANT oid[] := ARRAY(
    SELECT p.oid FROM pg_proc AS p WHERE p.pronamespace = 'pgtrickle'::regnamespace);
  dependants text;
  item record;
BEGIN
  -- The detector picks its victim after deadlock_timeout: we are gone before that (P5).
  PERFORM set_config('lock_timeout', greatest(1, least(500, setting::integer / 2)) || 'ms', true)
  FROM pg_settings WHERE name = 'deadlock_timeout';
  SELECT string_agg(DISTINCT
           coalesce('view ' || reader.ev_class::regclass::text,
                    pg_describe_object(other.classid, other.objid, other.objsubid)), ', ')
  INTO dependants
  FROM pg_depend AS other
  LEFT JOIN pg_rewrite AS reader
    ON other.classid = 'pg_rewrite'::regclass AND reader.oid = other.objid
  WHERE other.deptype = 'n'
    AND (other.refclassid = 'pg_class'::regclass AND other.refobjid = ANY (stream_views)
           AND reader.ev_class IS DISTINCT FROM other.refobjid
         OR (other.refclassid = 'pg_class'::regclass AND other.refobjid = ANY (our_views)
             OR other.refclassid = 'pg_proc'::regclass AND other.refobjid = ANY (our_functions))
           AND (reader.ev_class <> ALL (stream_views || our_views)
                OR other.classid = 'pg_proc'::regclass AND other.objid <> ALL (our_functions)));
  IF dependants IS NOT NULL THEN
    RAISE EXCEPTION 'nothing was removed, since other objects depend on it: %', dependants
      USING ERRCODE = 'dependent_objects_still_exist',
            HINT = 'Drop them first, then call pgtrickle.uninstall() again.';
  END IF;
  LOCK TABLE pgtrickle.fence IN EXCLUSIVE MODE;
  -- Capture first, so that no writer calls a function that is gone. CASCADE takes the triggers,
  -- also those on tables of other owners.
  FOR item IN
    SELECT p.oid::regprocedure AS function
    FROM pg_proc AS p
    WHERE p.pronamespace = 'pgtrickle_data'::regnamespace
  LOOP
    EXECUTE 'DROP FUNCTION ' || item.function || ' CASCADE';
  END LOOP;
  FOR item IN SELECT view_oid::regclass AS relation FROM unnest(stream_views) AS v (view_oid) LOOP
    EXECUTE 'DROP VIEW ' || item.relation;
  END LOOP;
  DROP SCHEMA pgtrickle_data CASCADE;
  DROP SCHEMA pgtrickle CASCADE;
END $body$;
REVOKE EXECUTE ON FUNCTION pgtrickle.uninstall() FROM PUBLIC;

-- Locked and released only to make a session read the invalidations that other sessions have sent.
CREATE TABLE pgtrickle.invalidation ();

-- The newest definitions of functions as one hash: pg_get_functiondef reads the newest catalog,
-- whatever snapshot the transaction has (P7). It refuses aggregates, which stand for the functions they are made of.
CREATE FUNCTION pgtrickle.definitions_of(functions oid[]) RETURNS text
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
  -- Opens, locks and releases: the lock request is what reads the invalidations.
  PERFORM pg_relation_size('pgtrickle.invalidation'::regclass);
  RETURN (SELECT md5(string_agg(pg_get_functiondef(f.oid), E'\n' ORDER BY f.oid))
          FROM (SELECT p.oid FROM pg_proc AS p WHERE p.oid = ANY (functions) AND p.prokind <> 'a'
                UNION
                SELECT part.oid
                FROM pg_aggregate AS a
                CROSS JOIN unnest(ARRAY[a.aggtransfn, a.aggfinalfn, a.aggcombinefn, a.aggserialfn,
                                        a.aggdeserialfn, a.aggmtransfn, a.aggminvtransfn,
                                        a.aggmfinalfn]::oid[]) AS part (oid)
                WHERE a.aggfnoid = ANY (functions) AND part.oid <> 0) AS f);
END
$body$;

-- Before COMMIT: raises PT001 when a function was replaced since the expected hash was read (P7).
CREATE FUNCTION pgtrickle.check_definitions(functions oid[], expected text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
  IF pgtrickle.definitions_of(functions) IS DISTINCT FROM expected THEN
    RAISE EXCEPTION 'a function that the query calls was replaced during the refresh'
      USING ERRCODE = 'PT001';
  END IF;
END
$body$;

-- Before COMMIT: raises PT001 when a table came below a source that the snapshot knows nothing of
-- (P6). Queries of the catalog see the snapshot, partitions and plans the newest catalog. The lock of
-- the refresh keeps those that were there from leaving.
CREATE FUNCTION pgtrickle.check_descendants(root oid) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
  plan jsonb;
  newest oid[];
BEGIN
  IF (SELECT c.relkind FROM pg_class AS c WHERE c.oid = root) = 'p' THEN
    newest := ARRAY(SELECT t.relid FROM pg_partition_tree(root) AS t);
  ELSE
    EXECUTE format('EXPLAIN (VERBOSE, COSTS OFF, FORMAT JSON) SELECT FROM %s', root::regclass) INTO plan;
    newest := ARRAY(SELECT format('%I.%I', n ->> 'Schema', n ->> 'Relation Name')::regclass::oid
                    FROM jsonb_path_query(plan, 'strict $.** ? (exists (@."Relation Name"))') AS n);
  END IF;
  IF EXISTS (
    WITH RECURSIVE tree (member) AS (
      SELECT root UNION SELECT i.inhrelid FROM tree JOIN pg_inherits AS i ON i.inhparent = tree.member)
    SELECT FROM unnest(newest) AS present (member)
    WHERE present.member NOT IN (SELECT tree.member FROM tree)
  ) THEN
    RAISE EXCEPTION 'a table came below % during the refresh', root::regclass USING ERRCODE = 'PT001';
  END IF;
END
$body$;

-- Which storage versions have unread changes of which source. Written anew whenever a buffer comes
-- or goes; the capture owns its body.
CREATE FUNCTION pgtrickle_data.unread() RETURNS TABLE (version_id bigint, source_id bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
END
$body$;

-- How many changes each storage version has not read, for status. Written like unread().
CREATE FUNCTION pgtrickle_data.pending() RETURNS TABLE (version_id bigint, changes bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
END
$body$;

-- Called by generated statements where a row would have to be stored fewer than zero times, or a row
-- of a key more than once. Fails like the CHECK of the same name on storage tables, so that one
-- SQLSTATE and constraint name mean: the multiplicities are wrong (NegativeMultiplicity).
CREATE FUNCTION pgtrickle.refuse_multiplicity(row_text text) RETURNS bigint
LANGUAGE plpgsql AS $body$
BEGIN
  RAISE EXCEPTION 'a change does not fit the stored rows'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'multiplicity_is_positive', DETAIL = row_text;
END
$body$;
