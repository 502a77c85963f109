package dev.pgtrickle.engine.runtime;

/** The one query that status is made of. */
final class StatusQuery {
  static final String SQL =
      """
      SELECT st.relation_schema, st.relation_name, st.consecutive_failures,
             st.origin_kubernetes, st.origin_namespace, st.origin_name, st.origin_uid,
             st.stall_code, st.stall_message, st.stall_remedy, st.last_failure,
             st.pending::text AS pending_definition, st.drift::text AS drift,
             st.state AS registered_state, st.definition ->> 'activity' AS activity,
             CASE
               WHEN st.state IN ('retained', 'orphaned', 'stalled') THEN st.state
               WHEN st.state = 'releasing' THEN 'deleting'
               WHEN st.definition ->> 'activity' = 'SUSPENDED' THEN 'suspended'
               WHEN NOT coalesce(v.populated, false) THEN CASE WHEN v.id IS NULL THEN 'creating' ELSE 'loading' END
               WHEN v.revision < st.revision OR cardinality(v.view_columns) < shown.columns THEN 'changing'
               ELSE 'active'
             END AS state,
             coalesce(st.plan ->> 'mode', '') AS mode,
             coalesce(st.plan ->> 'class', '') AS class,
             coalesce(st.plan ->> 'reason', '') AS reason,
             coalesce((st.plan ->> 'still')::boolean, true) AS still,
             coalesce((SELECT string_agg(value, ',' ORDER BY value)
                       FROM jsonb_array_elements_text(st.plan -> 'sources')), '') AS sources,
             coalesce((st.plan -> 'operators')::text, '[]') AS operators,
             st.definition -> 'schedule' ->> 'every' AS every,
             (st.definition -> 'schedule' ? 'onChange') AS on_change,
             coalesce(v.populated, false) AS populated, v.storage_name,
             coalesce(v.definition_hash, '') AS query_hash,
             coalesce(c.reltuples, -1) AS estimated_rows,
             coalesce(since_load.rows, pg_stat_get_live_tuples(c.oid), 0) AS live_rows,
             coalesce(pg_total_relation_size(c.oid), 0)
               + coalesce(pg_total_relation_size(
                   to_regclass('pgtrickle_data.' || v.storage_name || '_groups')), 0) AS bytes,
             CASE WHEN v.populated THEN coalesce(unread.changes, 0) ELSE 0 END AS pending,
             (SELECT min(f.refreshed_at) FROM pgtrickle.frontier AS f WHERE f.version_id = v.id)
               AS data_time,
             EXISTS (SELECT FROM pgtrickle.frontier AS f
                     JOIN pgtrickle.source AS s ON s.id = f.source_id
                     WHERE f.version_id = v.id
                       AND (NOT coalesce(pgtrickle.snapshot_within(s.horizon, f.snapshot), false)
                            OR s.lease_until <= clock_timestamp() + interval '1 minute'))
               AS gap,
             h.finished_at, extract(epoch FROM h.finished_at - h.started_at) * 1000 AS millis,
             h.mode AS last_mode, h.reason AS last_reason, h.changes, h.rows_inserted,
             h.rows_updated, h.rows_deleted, h.cause AS last_cause,
             r.token, r.state AS request_state, r.mode AS request_mode,
             r.finished_at AS request_finished_at, coalesce(r.message, '') AS request_message,
             clock_timestamp() AS present
      FROM pgtrickle.stream_table AS st
      LEFT JOIN pgtrickle.storage_version AS v ON v.stream_table_id = st.id
      LEFT JOIN LATERAL (
        SELECT count(*) AS columns
        FROM jsonb_array_elements(v.layout -> 'columns') AS entry
        WHERE entry ->> 'visibility' = 'VISIBLE'
      ) AS shown ON true
      LEFT JOIN pg_class AS c
        ON c.relname = v.storage_name AND c.relnamespace = 'pgtrickle_data'::regnamespace
      LEFT JOIN (
        SELECT counted.version_id, sum(counted.changes)::bigint AS changes
        FROM pgtrickle_data.pending() AS counted
        GROUP BY counted.version_id
      ) AS unread ON unread.version_id = v.id
      LEFT JOIN LATERAL (
        SELECT * FROM pgtrickle.history AS h
        WHERE h.stream_table_id = st.id AND h.result = 'Succeeded' ORDER BY h.id DESC LIMIT 1
      ) AS h ON true
      -- The server's statistics come late: for a minute we count along from the load ourselves.
      LEFT JOIN LATERAL (
        SELECT sum(h.rows_inserted - h.rows_deleted)::bigint AS rows
        FROM pgtrickle.history AS h
        WHERE h.stream_table_id = st.id AND h.result = 'Succeeded'
          AND h.id >= (SELECT max(load.id) FROM pgtrickle.history AS load
                       WHERE load.stream_table_id = st.id AND load.cause = 'Initial'
                         AND load.result = 'Succeeded'
                         AND load.finished_at > clock_timestamp() - interval '1 minute')
      ) AS since_load ON true
      -- Tokens of other logins are theirs alone.
      LEFT JOIN LATERAL (
        SELECT * FROM pgtrickle.request AS r
        WHERE r.stream_table_id = st.id AND r.token IS NOT NULL AND r.requested_by = session_user
        ORDER BY r.id DESC LIMIT 1
      ) AS r ON true
      ORDER BY st.relation_schema, st.relation_name\
      """;

  private StatusQuery() {}
}
