package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.catalog.StreamTableRecord;
import dev.pgtrickle.engine.catalog.VersionContents;
import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.catalog.VersionRegistry;
import dev.pgtrickle.engine.definition.IndexDefinition;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.storage.StreamView;
import dev.pgtrickle.engine.storage.UserIndex;
import dev.pgtrickle.engine.storage.Wishes;
import dev.pgtrickle.engine.storage.WriteGuards;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Owner, grants, indexes and what a publication needs, as wanted. A right that was taken out of a
 * manifest is revoked; one that somebody else granted is left alone, and so is an index of somebody
 * else.
 */
final class Dressing {
  private static final Duration BUDGET = Duration.ofSeconds(10);

  private final FencedTransactions transactions;
  private final WriteGuards guards;
  private final RegistryRows rows;
  private final IndexBuild builds;
  private final Publishing publishing;
  private final VersionRegistry versions = new VersionRegistry();
  private final Wishes wishes = new Wishes();

  Dressing(FencedTransactions transactions, WriteGuards guards, RegistryRows rows) {
    this.transactions = transactions;
    this.guards = guards;
    this.rows = rows;
    this.builds = new IndexBuild(transactions, rows);
    this.publishing = new Publishing(transactions);
  }

  /** Does nothing where the registry says that all is so already. */
  void dress(StreamTableRecord row, VersionRecord version, VersionContents contents) {
    publishing.prepare(row.definition(), version);
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
    // Reads the whole storage, so before readers' locks are taken for the rest.
    statements.addAll(builds.build(row, version, contents));
    List<String> wantedOrBegun = new ArrayList<>(wanted.indexes());
    for (IndexDefinition index : row.definition().indexes()) {
      wantedOrBegun.add(new UserIndex(version, index).building().name().name());
    }
    less(present.indexes(), wantedOrBegun)
        .forEach(index -> statements.addAll(UserIndex.drop(version, index)));
    transactions.politely(
        BUDGET,
        connection -> {
          rows.stillWanted(connection, row);
          wishes.execute(connection, row.definition().relation(), statements);
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
}
