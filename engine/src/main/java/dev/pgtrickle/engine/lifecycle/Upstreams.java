package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.plan.MaintenancePlan;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.source.SourceRequirement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What has to be true of the stream tables that another one reads (P11). */
final class Upstreams {
  /** The stream tables under some storages, by the frontiers of those that are there. */
  private static final String CYCLE =
      """
      WITH RECURSIVE read (relation) AS (
        SELECT unnest(?::bigint[])
        UNION
        SELECT source.relation_oid::bigint
        FROM read
        JOIN pg_class AS storage ON storage.oid = read.relation::oid
        JOIN pgtrickle.storage_version AS version ON version.storage_name = storage.relname
        JOIN pgtrickle.frontier ON frontier.version_id = version.id
        JOIN pgtrickle.source ON source.id = frontier.source_id
      )
      SELECT EXISTS (
        SELECT FROM read
        JOIN pg_class AS storage ON storage.oid = read.relation::oid
        JOIN pgtrickle.storage_version AS version ON version.storage_name = storage.relname
        JOIN pgtrickle.stream_table AS ours ON ours.id = version.stream_table_id
        WHERE ours.relation_schema = ? AND ours.relation_name = ?)\
      """;

  private static final String UNPOPULATED =
      """
      SELECT version.storage_name
      FROM pgtrickle.storage_version AS version
      WHERE version.storage_name = ANY (?) AND NOT version.populated\
      """;

  private static final Duration LOCK_TIMEOUT = Duration.ofMillis(500);

  private final FencedTransactions transactions;

  Upstreams(FencedTransactions transactions) {
    this.transactions = transactions;
  }

  /** The stream tables that a table reads and that have no rows yet; circles are refused. */
  List<QualifiedName> awaited(QualifiedName relation, MaintenancePlan plan) {
    return read(plan).isEmpty()
        ? List.of()
        : transactions.inTransaction(
            LOCK_TIMEOUT,
            connection -> {
              refuseCycle(connection, relation, plan);
              return unpopulated(connection, plan);
            });
  }

  /** A table whose rows would rest on themselves is refused by name. */
  void refuseCycle(Connection connection, QualifiedName relation, MaintenancePlan plan)
      throws SQLException {
    List<SourceRequirement> read = read(plan);
    if (read.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(CYCLE)) {
      statement.setArray(
          1,
          connection.createArrayOf(
              "bigint", read.stream().map(SourceRequirement::relationOid).toArray()));
      statement.setString(2, relation.schema().name());
      statement.setString(3, relation.name().name());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        if (row.getBoolean(1)) {
          throw TrickleException.of(
              ErrorCode.CYCLE_DETECTED,
              "%s would read itself, through %s"
                  .formatted(
                      relation,
                      String.join(
                          ", ", read.stream().map(source -> source.known().toString()).toList())),
              "read the tables that are underneath, or split one of the queries");
        }
      }
    }
  }

  private static List<QualifiedName> unpopulated(Connection connection, MaintenancePlan plan)
      throws SQLException {
    List<SourceRequirement> read = read(plan);
    List<QualifiedName> waited = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(UNPOPULATED)) {
      statement.setArray(
          1,
          connection.createArrayOf(
              "text", read.stream().map(source -> source.name().name().name()).toArray()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          String storage = row.getString(1);
          read.stream()
              .filter(source -> source.name().name().name().equals(storage))
              .forEach(source -> waited.add(source.known()));
        }
      }
    }
    return waited;
  }

  private static List<SourceRequirement> read(MaintenancePlan plan) {
    return plan.sources().stream().filter(source -> source.streamTable().isPresent()).toList();
  }
}
