package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.catalog.StreamTableRecord;
import dev.pgtrickle.engine.catalog.VersionContents;
import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.catalog.VersionRegistry;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.storage.UserIndex;
import dev.pgtrickle.engine.storage.UserIndexes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds indexes on a storage with rows while readers go on: each in a transaction of its own,
 * which locks the storage against its own refreshes and nothing else, and may take long. What takes
 * readers' locks is done by others afterwards, and touches the catalog only.
 */
final class IndexBuild {
  private static final Duration BUDGET = Duration.ofSeconds(10);
  private static final Duration LOCK_TIMEOUT = Duration.ofMillis(500);

  /** Not that of a refresh: an index takes as long as it takes, and nobody waits for it. */
  private static final Duration STATEMENT_TIMEOUT = Duration.ofHours(12);

  private final FencedTransactions transactions;
  private final RegistryRows rows;
  private final UserIndexes indexes = new UserIndexes();
  private final VersionRegistry versions = new VersionRegistry();

  IndexBuild(FencedTransactions transactions, RegistryRows rows) {
    this.transactions = transactions;
    this.rows = rows;
  }

  /**
   * Builds what is missing of the user's indexes. Each is in the registry when it is there, so that
   * it goes again if nobody wants it any more when it is done.
   *
   * @return statements that make them what they shall be
   */
  List<String> build(StreamTableRecord row, VersionRecord version, VersionContents contents) {
    List<String> known = new ArrayList<>(contents.indexes());
    List<String> finishing = new ArrayList<>();
    for (UserIndex index :
        transactions.inTransaction(
            LOCK_TIMEOUT, connection -> indexes.missing(connection, row.definition(), version))) {
      String name = index.building().name().name();
      if (!known.contains(name)) {
        known.add(name);
      }
      transactions.politely(
          BUDGET,
          connection -> {
            rows.requireWanted(connection, row);
            takeTime(connection);
            indexes.execute(connection, row.definition().relation(), index.build());
            versions.recordIndexes(connection, version.id(), known);
            return true;
          });
      index.finish().ifPresent(finishing::add);
    }
    return List.copyOf(finishing);
  }

  /** Builds the index by which stored rows are found. */
  void buildKey(StreamTableRecord row, String create) {
    transactions.politely(
        BUDGET,
        connection -> {
          rows.requireWanted(connection, row);
          takeTime(connection);
          try (Statement statement = connection.createStatement()) {
            statement.execute(create);
          }
          return true;
        });
  }

  private static void takeTime(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL statement_timeout = " + STATEMENT_TIMEOUT.toMillis());
    }
  }
}
