package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.catalog.DriftRegistry;
import dev.pgtrickle.engine.catalog.FrontierRegistry;
import dev.pgtrickle.engine.catalog.StreamTableRecord;
import dev.pgtrickle.engine.catalog.VersionContents;
import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.catalog.VersionRegistry;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.plan.MaintenancePlan;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.storage.RelationRenaming;
import dev.pgtrickle.engine.storage.StorageInstaller;
import dev.pgtrickle.engine.storage.StorageRemover;
import dev.pgtrickle.engine.storage.StreamView;
import dev.pgtrickle.engine.storage.UserIndex;
import dev.pgtrickle.engine.storage.ViewColumns;
import dev.pgtrickle.engine.storage.WriteGuards;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts objects of ours back to what they were, at most so often an hour: whoever changes them again
 * and again has to be talked to, not fought.
 */
final class DriftRepair {
  private static final Duration BUDGET = Duration.ofSeconds(10);
  private static final Duration LOCK_TIMEOUT = Duration.ofMillis(500);
  private static final int REPAIRS_AN_HOUR = 3;

  private final FencedTransactions transactions;
  private final StreamTableLifecycle.StatementFactory statementFactory;
  private final WriteGuards guards;
  private final StorageInstaller installer;
  private final RegistryRows rows;
  private final IndexBuild builds;
  private final StampRenewal stamps = new StampRenewal();
  private final DriftInspection inspection = new DriftInspection();
  private final DriftRegistry registry = new DriftRegistry();
  private final FrontierRegistry frontiers = new FrontierRegistry();
  private final VersionRegistry versions = new VersionRegistry();
  private final StorageRemover remover = new StorageRemover();
  private final RelationRenaming relations = new RelationRenaming();
  private final ViewColumns columns = new ViewColumns();

  DriftRepair(
      FencedTransactions transactions,
      StreamTableLifecycle.StatementFactory statementFactory,
      WriteGuards guards,
      RegistryRows rows) {
    this.transactions = transactions;
    this.statementFactory = statementFactory;
    this.guards = guards;
    this.installer = new StorageInstaller(guards);
    this.rows = rows;
    this.builds = new IndexBuild(transactions, rows);
  }

  /** What was repaired; the version is gone afterwards where its storage was lost. */
  List<Drift> repair(StreamTableRecord row, MaintenancePlan plan) {
    Optional<DriftFindings> found =
        transactions.inTransaction(
            LOCK_TIMEOUT,
            connection -> {
              stamps.renew(connection);
              return switch (row.definition().policies().drift()) {
                case REPORT -> Optional.empty();
                case REPAIR -> inspection.of(connection, row.id()).stream().findFirst();
              };
            });
    if (found.isEmpty()) {
      return List.of();
    }
    refuseLoop(row, found.get());
    if (!found.get().lostOnly(DriftFindings.Loss.INDEX)) {
      transactions.politely(
          BUDGET,
          connection -> {
            repair(connection, rows.stillWanted(connection, row), plan, found.get());
            note(connection, row, found.get());
            return true;
          });
    }
    if (found.get().lost(DriftFindings.Loss.INDEX)
        && !found.get().lost(DriftFindings.Loss.STORAGE)) {
      rebuild(row, plan, found.get());
    }
    return found.get().drift();
  }

  private void refuseLoop(StreamTableRecord row, DriftFindings found) {
    long before =
        transactions.inTransaction(
            LOCK_TIMEOUT, connection -> registry.repairsWithinAnHour(connection, row.id()));
    if (before >= REPAIRS_AN_HOUR) {
      throw TrickleException.of(
          ErrorCode.REPAIR_LOOP,
          "%s was repaired %d times within an hour and has drifted again: %s"
              .formatted(row.definition().relation(), before, found.drift().getFirst().message()),
          "find out who changes it, or set spec.driftPolicy: Report");
    }
  }

  /** Readers have the view back long before the indexes are built. */
  private void rebuild(StreamTableRecord row, MaintenancePlan plan, DriftFindings found) {
    VersionRecord version = row.version().orElseThrow();
    VersionContents contents = row.contents().orElseThrow();
    builds.buildKey(row, statementFactory.statements(plan, version.storage()).keyIndexIfMissing());
    List<String> finishing = builds.build(row, version, contents);
    transactions.politely(
        BUDGET,
        connection -> {
          rows.stillWanted(connection, row);
          execute(connection, finishing);
          versions.recordIndexes(
              connection,
              version.id(),
              contents.indexes().stream().filter(name -> !UserIndex.isBegun(name)).toList());
          if (found.lostOnly(DriftFindings.Loss.INDEX)) {
            note(connection, row, found);
          }
          return true;
        });
  }

  private void note(Connection connection, StreamTableRecord row, DriftFindings found)
      throws SQLException {
    registry.repaired(
        connection,
        row.id(),
        found.drift().stream().map(drift -> drift.kind().word()).distinct().toList());
  }

  private void repair(
      Connection connection, StreamTableRecord row, MaintenancePlan plan, DriftFindings found)
      throws SQLException {
    VersionRecord version = row.version().orElseThrow();
    VersionContents contents = row.contents().orElseThrow();
    if (found.lost(DriftFindings.Loss.STORAGE)) {
      remover.dropView(connection, row.definition().relation(), version);
      remover.dropStorage(connection, version);
      versions.remove(connection, version.id());
      return;
    }
    StreamView view = new StreamView(row.definition(), version, contents.viewColumns(), guards);
    List<String> statements = new ArrayList<>();
    if (found.lost(DriftFindings.Loss.VIEW)) {
      refuseForeign(connection, row);
      statements.addAll(view.createAsItWas());
    } else if (found.lost(DriftFindings.Loss.VIEW_BODY)
        && columns.fit(connection, row.definition().relation(), version, contents.viewColumns())) {
      statements.addAll(view.replaceAsItWas());
    } else if (found.lost(DriftFindings.Loss.VIEW_BODY)) {
      // CREATE OR REPLACE could not take columns away.
      remover.refuseDependants(connection, row.definition().relation());
      statements.add("DROP VIEW " + row.definition().relation().quoted());
      statements.addAll(view.createAsItWas());
    } else if (found.lost(DriftFindings.Loss.DRESS)) {
      statements.addAll(view.dress());
    }
    boolean mayBeWrong =
        found.lost(DriftFindings.Loss.GUARD) || found.lost(DriftFindings.Loss.KEPT);
    if (mayBeWrong) {
      statements.addAll(guards.onStorage(version.storage()));
      // It is filled by the refresh that compares all rows.
      statements.addAll(
          installer.replaceKept(
              version, plan, statementFactory.statements(plan, version.storage())));
      frontiers.forgetReading(connection, version.id());
    }
    execute(connection, statements);
    versions.stampView(connection, version.id(), row.definition().relation());
    if (mayBeWrong) {
      versions.stampGuard(connection, version);
    }
  }

  private static void execute(Connection connection, List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private void refuseForeign(Connection connection, StreamTableRecord row) throws SQLException {
    if (relations.exists(connection, row.definition().relation())) {
      throw TrickleException.of(
          ErrorCode.OBJECT_EXISTS,
          "another relation stands in the place of " + row.definition().relation(),
          "rename or drop it: the stream table comes back by itself");
    }
  }
}
