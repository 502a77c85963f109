package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.capture.CaptureResult;
import dev.pgtrickle.engine.capture.Pins;
import dev.pgtrickle.engine.catalog.FrontierRegistry;
import dev.pgtrickle.engine.catalog.StreamTableRecord;
import dev.pgtrickle.engine.catalog.VersionContents;
import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.catalog.VersionRegistry;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.refresh.MaintainedSource;
import dev.pgtrickle.engine.refresh.MaintainedTable;
import dev.pgtrickle.engine.refresh.RefreshOrder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** The rows of the registry around a table: pins before its load, and what is noted after it. */
final class Settlement {
  private static final Duration LOCK_TIMEOUT = Duration.ofMillis(500);

  private final FencedTransactions transactions;
  private final RegistryRows rows;
  private final FrontierRegistry frontiers = new FrontierRegistry();
  private final VersionRegistry versions = new VersionRegistry();
  private final Pins pins = new Pins();
  private final PlanSummary summary = new PlanSummary();

  Settlement(FencedTransactions transactions, RegistryRows rows) {
    this.transactions = transactions;
    this.rows = rows;
  }

  /** P4: from the commit on nothing is cleaned away that the next load will not have seen. */
  void pin(VersionRecord version, List<CaptureResult> captured) {
    transactions.inTransaction(
        LOCK_TIMEOUT,
        connection -> {
          pins.pin(
              connection, version.id(), captured.stream().map(CaptureResult::sourceId).toList());
          return true;
        });
  }

  /** Whether a source was pinned and never read: the rows are older than its frontier. */
  boolean isUnread(VersionRecord version) {
    return transactions.inTransaction(
        LOCK_TIMEOUT, connection -> frontiers.isUnread(connection, version.id()));
  }

  /** Why rows that are there already are compared with the query as a whole. */
  RefreshOrder.Cause causeOfComparison(VersionRecord version) {
    return transactions.inTransaction(
        LOCK_TIMEOUT,
        connection ->
            versions.isCopied(connection, version.id())
                ? RefreshOrder.Cause.COPY
                : RefreshOrder.Cause.ADOPTION);
  }

  /**
   * Makes exactly the sources of the table those of the version: a table that was dropped and
   * created again is another source.
   *
   * @return sources that it does not read any more
   */
  List<Long> attach(MaintainedTable table) {
    List<Long> present =
        table.sources().stream().map(MaintainedSource::window).map(w -> w.sourceId()).toList();
    return transactions.inTransaction(
        LOCK_TIMEOUT,
        connection -> {
          rows.registry()
              .updatePlan(
                  connection,
                  table.streamTableId(),
                  summary.write(table.definition(), table.plan()));
          return frontiers.keepOnly(connection, table.version().id(), present);
        });
  }

  /** The row as it is now; it is the same wish. */
  StreamTableRecord again(StreamTableRecord row) {
    return transactions.inTransaction(
        LOCK_TIMEOUT, connection -> rows.stillWanted(connection, row));
  }

  /** What the version holds now. */
  VersionContents contents(StreamTableRecord row) {
    return transactions.inTransaction(
        LOCK_TIMEOUT, connection -> rows.stillWanted(connection, row).contents().orElseThrow());
  }

  /** All of the wish is so; it stood still for a reason that is gone. */
  VersionRecord settle(StreamTableRecord row) {
    return transactions.inTransaction(
        LOCK_TIMEOUT,
        connection -> {
          StreamTableRecord present = rows.stillWanted(connection, row);
          VersionRecord version = present.version().orElseThrow();
          versions.markBroughtAbout(connection, version.id(), row.revision());
          if (present.state() != StreamTableRecord.State.ACTIVE
              || present.consecutiveFailures() > 0) {
            rows.registry().updateState(connection, row.id(), StreamTableRecord.State.ACTIVE);
            rows.registry().clearFailures(connection, row.id());
          }
          return version;
        });
  }

  /** Whether the time for a successor is over. */
  boolean isOrphanExpired(StreamTableRecord row) {
    return transactions.inTransaction(LOCK_TIMEOUT, connection -> isExpired(connection, row.id()));
  }

  private static boolean isExpired(Connection connection, long id) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT st.released_at + s.value::interval <= clock_timestamp()
            FROM pgtrickle.stream_table AS st, pgtrickle.setting AS s
            WHERE st.id = ? AND s.name = 'orphanKeepFor'\
            """)) {
      statement.setLong(1, id);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }
}
