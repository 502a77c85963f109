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

-- Backends of the owner, so that its successor can end them (pid alone may be reused).
CREATE TABLE pgtrickle.owner_session (
  epoch         bigint NOT NULL,
  pid           integer NOT NULL,
  backend_start timestamptz NOT NULL,
  PRIMARY KEY (pid, backend_start)
);

CREATE TABLE pgtrickle.stream_table (
  id                   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  relation_schema      text NOT NULL,
  relation_name        text NOT NULL,
  origin_namespace     text NOT NULL,
  origin_name          text NOT NULL,
  origin_uid           text NOT NULL,
  definition           jsonb NOT NULL,      -- as asked for: query, mode, schedule, limits ...
  definition_hash      text NOT NULL,
  plan                 jsonb,               -- as understood: mode, class, reason, operators, sources
  state                text NOT NULL CHECK (state IN ('creating', 'loading', 'active', 'stalled')),
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
  gate_open       boolean NOT NULL DEFAULT false,  -- the view no longer asks (barrier passed)
  created_at      timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE pgtrickle.source (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  relation_oid    oid NOT NULL UNIQUE,
  relation_schema text NOT NULL,
  relation_name   text NOT NULL,
  generation      integer NOT NULL,         -- current pair of buffers
  active_side     text NOT NULL CHECK (active_side IN ('a', 'b')),
  horizon         pg_snapshot,              -- P4; NULL = everything: a capture gap is open
  capture_stamp   bigint[] NOT NULL,        -- P7: what our own triggers and functions looked like
  lease_until     timestamptz NOT NULL,     -- P18: the literal in the capture functions
  wake            text NOT NULL CHECK (wake IN ('notify', 'poll')),
  flipped_at      timestamptz NOT NULL DEFAULT now()
);

-- A pair of buffers of a source. More columns = a new pair (P3); the old one drains.
CREATE TABLE pgtrickle.buffer_pair (
  source_id  bigint NOT NULL REFERENCES pgtrickle.source ON DELETE CASCADE,
  generation integer NOT NULL,
  drained_at timestamptz,
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
  filenode     oid NOT NULL,
  refreshed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (version_id, source_id)
) WITH (fillfactor = 50);

CREATE TABLE pgtrickle.request (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  stream_table_id bigint NOT NULL REFERENCES pgtrickle.stream_table ON DELETE CASCADE,
  mode            text CHECK (mode IN ('Full', 'Differential')),
  state           text NOT NULL DEFAULT 'Accepted' CHECK (state IN ('Accepted', 'Running', 'Succeeded', 'Failed')),
  requested_by    name NOT NULL DEFAULT session_user,
  requested_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  finished_at     timestamptz,
  error_code      text,
  message         text
);
CREATE INDEX request_open ON pgtrickle.request (id) WHERE state IN ('Accepted', 'Running');

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

-- a is contained in b: everything visible in a is visible in b (P4's proof).
CREATE FUNCTION pgtrickle.snapshot_within(a pg_snapshot, b pg_snapshot) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN pg_snapshot_xmax(a) <= pg_snapshot_xmax(b)
   AND NOT EXISTS (SELECT FROM pg_snapshot_xip(b) AS x (xid) WHERE pg_visible_in_snapshot(x.xid, a));
