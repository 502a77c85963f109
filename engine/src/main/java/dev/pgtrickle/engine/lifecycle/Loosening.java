package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.catalog.StreamTableRecord;
import dev.pgtrickle.engine.catalog.VersionContents;
import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.catalog.VersionRegistry;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.storage.UserIndex;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * Takes away what rows need not obey any more before they are put in: a table that stands still for
 * two equal rows comes back when nobody wants them to be unique.
 */
final class Loosening {
  private static final Duration BUDGET = Duration.ofSeconds(10);

  private final FencedTransactions transactions;
  private final RegistryRows rows;
  private final VersionRegistry versions = new VersionRegistry();

  Loosening(FencedTransactions transactions, RegistryRows rows) {
    this.transactions = transactions;
    this.rows = rows;
  }

  /** Whether the registry knows of a unique index that is not wanted, or not finished. */
  boolean isNeeded(StreamTableRecord row, VersionRecord version, VersionContents contents) {
    return !surplus(row, version, contents).isEmpty();
  }

  void loosen(StreamTableRecord row, VersionRecord version, VersionContents contents) {
    List<String> surplus = surplus(row, version, contents);
    transactions.politely(
        BUDGET,
        connection -> {
          rows.stillWanted(connection, row);
          try (Statement statement = connection.createStatement()) {
            for (String index : surplus) {
              for (String sql : UserIndex.drop(version, index)) {
                statement.execute(sql);
              }
            }
          }
          versions.recordIndexes(
              connection,
              version.id(),
              contents.indexes().stream().filter(index -> !surplus.contains(index)).toList());
          return true;
        });
  }

  private static List<String> surplus(
      StreamTableRecord row, VersionRecord version, VersionContents contents) {
    List<String> wanted = Surroundings.wanted(row.definition(), version).indexes();
    return contents.indexes().stream()
        .filter(UserIndex::isUnique)
        .filter(index -> !wanted.contains(index))
        .toList();
  }
}
