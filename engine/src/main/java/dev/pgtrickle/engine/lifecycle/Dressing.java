package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.catalog.StreamTableRecord;
import dev.pgtrickle.engine.catalog.VersionContents;
import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.catalog.VersionRegistry;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.storage.StreamView;
import dev.pgtrickle.engine.storage.UserIndex;
import dev.pgtrickle.engine.storage.UserIndexes;
import dev.pgtrickle.engine.storage.WriteGuards;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Owner, grants and indexes as wanted. A right that was taken out of a manifest is revoked; one
 * that somebody else granted is left alone, and so is an index of somebody else.
 */
final class Dressing {
  private static final Duration BUDGET = Duration.ofSeconds(10);

  private final FencedTransactions transactions;
  private final WriteGuards guards;
  private final RegistryRows rows;
  private final VersionRegistry versions = new VersionRegistry();
  private final UserIndexes indexes = new UserIndexes();

  Dressing(FencedTransactions transactions, WriteGuards guards, RegistryRows rows) {
    this.transactions = transactions;
    this.guards = guards;
    this.rows = rows;
  }

  /**
   * Before rows are put in: takes away what they need not obey any more, since a table that stands
   * still for a duplicate comes back when nobody wants its rows to be unique.
   */
  void loosen(StreamTableRecord row, VersionRecord version, VersionContents contents) {
    Surroundings present = Surroundings.present(contents);
    List<String> surplus =
        less(present.indexes(), Surroundings.wanted(row.definition(), version).indexes()).stream()
            .filter(UserIndex::isUnique)
            .toList();
    if (surplus.isEmpty()) {
      return;
    }
    transactions.politely(
        BUDGET,
        connection -> {
          rows.stillWanted(connection, row);
          for (String index : surplus) {
            execute(connection, UserIndex.drop(version, index));
          }
          versions.recordObjects(
              connection,
              version.id(),
              less(present.indexes(), surplus),
              present.grants(),
              present.owner());
          return true;
        });
  }

  /** Does nothing where the registry says that all is so already. */
  void dress(StreamTableRecord row, VersionRecord version, VersionContents contents) {
    Surroundings present = Surroundings.present(contents);
    Surroundings wanted = Surroundings.wanted(row.definition(), version);
    if (present.equals(wanted)) {
      return;
    }
    StreamView view = new StreamView(row.definition(), version, contents.viewColumns(), guards);
    List<String> statements = new ArrayList<>();
    if (!present.owner().equals(wanted.owner())) {
      statements.addAll(view.changeOwner(role(present.owner())));
    }
    less(present.grants(), wanted.grants())
        .forEach(role -> statements.add(view.revoke(Identifier.of(role))));
    less(wanted.grants(), present.grants())
        .forEach(role -> statements.add(view.grant(Identifier.of(role))));
    less(present.indexes(), wanted.indexes())
        .forEach(index -> statements.addAll(UserIndex.drop(version, index)));
    transactions.politely(
        BUDGET,
        connection -> {
          rows.stillWanted(connection, row);
          execute(connection, statements);
          for (UserIndex index : indexes.missing(connection, row.definition(), version)) {
            indexes.execute(connection, row.definition().relation(), index.create());
          }
          versions.recordObjects(
              connection, version.id(), wanted.indexes(), wanted.grants(), wanted.owner());
          return true;
        });
  }

  private static Optional<Identifier> role(String name) {
    return name.isEmpty() ? Optional.empty() : Optional.of(Identifier.of(name));
  }

  private static List<String> less(List<String> all, List<String> without) {
    return all.stream().filter(name -> !without.contains(name)).toList();
  }

  private static void execute(Connection connection, List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
