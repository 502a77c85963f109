package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.definition.AllTablesPublication;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.storage.PublishedIdentity;
import java.time.Duration;
import java.util.List;

/** P20: before rows of a table are written, they can be published if that is accepted. */
final class Publishing {
  private static final Duration BUDGET = Duration.ofSeconds(10);
  private static final Duration LOCK_TIMEOUT = Duration.ofMillis(500);

  private final FencedTransactions transactions;
  private final PublishedIdentity identity = new PublishedIdentity();

  Publishing(FencedTransactions transactions) {
    this.transactions = transactions;
  }

  /** Does nothing where that is so already. */
  void prepare(StreamTableDefinition definition, VersionRecord version) {
    AllTablesPublication wish = definition.capture().allTablesPublication();
    List<String> missing =
        transactions.inTransaction(
            LOCK_TIMEOUT, connection -> identity.missing(connection, version, wish));
    if (!missing.isEmpty()) {
      transactions.politely(
          BUDGET,
          connection -> {
            identity.put(connection, missing);
            return true;
          });
    }
  }
}
