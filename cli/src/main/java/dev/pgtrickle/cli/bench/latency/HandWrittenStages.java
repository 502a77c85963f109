package dev.pgtrickle.cli.bench.latency;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a person would write by hand for the tables of a pipeline: one statement a table, whose
 * changes are handed on by a log, with a frontier, a guard and a history of each table's own.
 */
final class HandWrittenStages {
  private static final String SCHEMA = "trickle_bench_hand.";

  private final Pipeline pipeline;

  HandWrittenStages(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  /** Tables, logs, guards and frontiers, after the accounts and their capture. */
  List<String> objects() {
    List<String> statements = new ArrayList<>();
    int version = 0;
    for (Stage stage : pipeline.stages()) {
      version++;
      statements.add(
          """
          CREATE TABLE %1$s (branch integer PRIMARY KEY, accounts bigint NOT NULL, balance bigint)
            WITH (fillfactor = 80);
          INSERT INTO %1$s %2$s;
          CREATE TABLE %1$s_log (number xid8 NOT NULL, weight integer NOT NULL, branch integer,
            accounts bigint, balance bigint);
          CREATE INDEX ON %1$s_log (number);
          CREATE TABLE %1$s_guard ();
          INSERT INTO trickle_bench_hand.frontier VALUES (%3$d, 1, pg_current_snapshot());
          ANALYZE %1$s\
          """
              .formatted(table(stage.name()), stage.query("trickle_bench_hand"), version));
    }
    return statements;
  }

  /** What is locked so that nobody else refreshes. */
  String guards() {
    return pipeline.stages().stream()
        .map(stage -> table(stage.name()) + "_guard")
        .collect(Collectors.joining(", "));
  }

  /** After the first trip; the question marks are the fingerprint and the bounds of the windows. */
  String secondTrip() {
    List<String> statements = new ArrayList<>();
    statements.add(
        "UPDATE trickle_bench_hand.frontier SET snapshot = pg_current_snapshot(), fingerprint ="
            + " ?::bigint");
    for (Stage stage : pipeline.stages()) {
      statements.add(statement(stage));
      statements.add(
          "INSERT INTO trickle_bench_hand.history (started_at, finished_at, changes) VALUES (now(),"
              + " clock_timestamp(), 1)");
    }
    statements.add("COMMIT");
    return String.join(";\n", statements);
  }

  /** How many windows of two buffers are read. */
  int windows() {
    return (int) pipeline.stages().stream().filter(stage -> stage.reads().isEmpty()).count();
  }

  private String statement(Stage stage) {
    List<String> parts = new ArrayList<>();
    boolean groups = stage.reads().isEmpty();
    if (groups) {
      parts.add(delta(stage.condition()));
    }
    if (groups && !pipeline.isRead(stage)) {
      return with(parts, mergeDelta(table(stage.name())));
    }
    parts.add(
        switch (stage.reads().size()) {
          case 0 -> imagesOfGroups(table(stage.name()));
          case 1 -> handedImages(table(stage.reads().getFirst()));
          default ->
              joinedImages(
                  table(stage.reads().getFirst()),
                  table(stage.reads().getLast()),
                  table(stage.name()));
        });
    if (pipeline.isRead(stage)) {
      parts.add(handOn(table(stage.name())));
    }
    return with(parts, mergeImages(table(stage.name())));
  }

  private static String with(List<String> parts, String statement) {
    return "WITH " + String.join(",\n", parts) + "\n" + statement;
  }

  private static String table(String name) {
    return SCHEMA + name;
  }

  /** The accounts' changes since the frontier. */
  private static String delta(String condition) {
    return """
    delta AS MATERIALIZED (
      SELECT branch, sum(weight) AS accounts, sum(weight * balance) AS balance
      FROM (
        SELECT weight, branch, balance FROM trickle_bench_hand.changes_a
        WHERE xid >= ?::xid8 AND NOT pg_visible_in_snapshot(xid, ?::pg_snapshot)
        UNION ALL
        SELECT weight, branch, balance FROM trickle_bench_hand.changes_b
        WHERE xid >= ?::xid8 AND NOT pg_visible_in_snapshot(xid, ?::pg_snapshot)
      ) AS changed%s
      GROUP BY branch
    )\
    """
        .formatted(condition);
  }

  private static String mergeDelta(String table) {
    return """
    MERGE INTO %s AS t USING delta AS d ON t.branch = d.branch
    WHEN MATCHED AND t.accounts + d.accounts = 0 THEN DELETE
    WHEN MATCHED AND (d.accounts <> 0 OR d.balance <> 0) THEN
      UPDATE SET accounts = t.accounts + d.accounts, balance = t.balance + d.balance
    WHEN NOT MATCHED AND d.accounts <> 0 THEN
      INSERT VALUES (d.branch, d.accounts, d.balance)\
    """
        .formatted(table);
  }

  private static String mergeImages(String table) {
    return """
    MERGE INTO %s AS t USING (
      SELECT branch, max(accounts) FILTER (WHERE weight > 0) AS accounts,
             max(balance) FILTER (WHERE weight > 0) AS balance
      FROM images GROUP BY branch
    ) AS d ON t.branch = d.branch
    WHEN MATCHED AND d.accounts IS NULL THEN DELETE
    WHEN MATCHED THEN UPDATE SET accounts = d.accounts, balance = d.balance
    WHEN NOT MATCHED AND d.accounts IS NOT NULL THEN
      INSERT VALUES (d.branch, d.accounts, d.balance)\
    """
        .formatted(table);
  }

  private static String imagesOfGroups(String table) {
    return """
    images AS MATERIALIZED (
      SELECT -1 AS weight, t.branch, t.accounts, t.balance
      FROM %1$s AS t JOIN delta AS d ON d.branch = t.branch
      UNION ALL
      SELECT 1, d.branch, coalesce(t.accounts, 0) + d.accounts, coalesce(t.balance, 0) + d.balance
      FROM delta AS d LEFT JOIN %1$s AS t ON t.branch = d.branch
      WHERE coalesce(t.accounts, 0) + d.accounts <> 0
    )\
    """
        .formatted(table);
  }

  private static String handedImages(String read) {
    return """
    images AS MATERIALIZED (
      SELECT weight, branch, accounts, balance FROM %1$s_log
      WHERE number = (SELECT pg_current_xact_id())
    )\
    """
        .formatted(read);
  }

  private static String joinedImages(String left, String right, String table) {
    return """
    keys AS MATERIALIZED (
      SELECT branch FROM %1$s_log WHERE number = (SELECT pg_current_xact_id())
      UNION SELECT branch FROM %2$s_log WHERE number = (SELECT pg_current_xact_id())
    ),
    images AS MATERIALIZED (
      SELECT -1 AS weight, t.branch, t.accounts, t.balance
      FROM %3$s AS t JOIN keys ON keys.branch = t.branch
      UNION ALL
      SELECT 1, l.branch, l.accounts, r.balance
      FROM keys JOIN %1$s AS l ON l.branch = keys.branch JOIN %2$s AS r ON r.branch = keys.branch
    )\
    """
        .formatted(left, right, table);
  }

  private static String handOn(String table) {
    return """
    handed AS (
      INSERT INTO %1$s_log (number, weight, branch, accounts, balance)
      SELECT (SELECT pg_current_xact_id()), weight, branch, accounts, balance FROM images
      RETURNING 1
    )\
    """
        .formatted(table);
  }
}
