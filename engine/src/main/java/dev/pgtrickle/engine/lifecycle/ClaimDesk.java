package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.catalog.DefinitionCodec;
import dev.pgtrickle.engine.catalog.StreamTableRecord;
import dev.pgtrickle.engine.catalog.VersionContents;
import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.plan.LayoutChange;
import dev.pgtrickle.engine.plan.MaintenancePlan;
import dev.pgtrickle.engine.plan.StorageColumn;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.storage.Dependants;
import dev.pgtrickle.engine.storage.RelationRenaming;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Decides what becomes of a definition, and writes the wish down: whose the relation is, whether
 * the query is one that can be maintained, and whether it may take the place of the present one.
 * Short transactions only; the unique key of the registry decides between two that ask at once.
 */
public final class ClaimDesk {
  private static final Duration LOCK_BUDGET = Duration.ofSeconds(2);
  private static final int ATTEMPTS = 3;
  private static final String UNIQUE_VIOLATION = "23505";

  private final FencedTransactions transactions;
  private final TableAnalyser analyser;
  private final InPlaceChange inPlace;
  private final RegistryRows rows = new RegistryRows();
  private final RelationRenaming renaming = new RelationRenaming();
  private final Dependants dependants = new Dependants();
  private final OwnershipRule ownership = new OwnershipRule();
  private final ChangeRule changes = new ChangeRule();
  private final DefinitionCodec codec = new DefinitionCodec();
  private final PendingCodec pendings = new PendingCodec();
  private final DressingRule dressing = new DressingRule();
  private final Upstreams upstreams;

  public ClaimDesk(FencedTransactions transactions, TableAnalyser analyser) {
    this.transactions = transactions;
    this.upstreams = new Upstreams(transactions);
    this.analyser = analyser;
    this.inPlace = new InPlaceChange(rows);
  }

  public ApplyOutcome apply(StreamTableDefinition definition, Owners owners) {
    Optional<StreamTableRecord> row =
        transactions.inTransaction(
            LOCK_BUDGET, connection -> rows.registry().find(connection, definition.relation()));
    if (row.isPresent() && isSettledFor(row.get(), definition)) {
      return new ApplyOutcome.Unchanged();
    }
    Optional<OwnershipRule.Holder> holder = row.map(held -> holder(held, definition, owners));
    if (decide(definition, holder) instanceof OwnershipRule.Decision.Refuse refused) {
      return refused.outcome();
    }
    MaintenancePlan plan = analyser.plan(definition);
    return write(definition, holder, plan);
  }

  private ApplyOutcome write(
      StreamTableDefinition definition,
      Optional<OwnershipRule.Holder> expected,
      MaintenancePlan plan) {
    for (int attempt = 1; ; attempt++) {
      try {
        return transactions.politely(
            LOCK_BUDGET,
            connection -> {
              dressing.require(connection, definition, plan);
              upstreams.refuseCycle(connection, definition.relation(), plan);
              return write(connection, definition, expected, plan);
            });
      } catch (TrickleException failure) {
        boolean raced = failure.sqlState().filter(UNIQUE_VIOLATION::equals).isPresent();
        if (!raced || attempt == ATTEMPTS) {
          throw failure;
        }
      }
    }
  }

  private ApplyOutcome write(
      Connection connection,
      StreamTableDefinition definition,
      Optional<OwnershipRule.Holder> expected,
      MaintenancePlan plan)
      throws SQLException {
    Optional<StreamTableRecord> row = rows.registry().lock(connection, definition.relation());
    // Whoever took it since we asked about its owner is taken for alive: the caller asks again.
    Optional<OwnershipRule.Holder> holder =
        row.map(held ->
            expected
                .filter(known -> known.origin().equals(held.definition().origin()))
                .map(known -> withTenure(known, held))
                .orElseGet(() -> holder(held, definition, Owners.allAlive())));
    return switch (decide(connection, definition, holder)) {
      case OwnershipRule.Decision.Refuse refused -> refused.outcome();
      case OwnershipRule.Decision.Create create -> {
        rows.registry().insert(connection, definition);
        yield new ApplyOutcome.Created();
      }
      case OwnershipRule.Decision.CreateInPlaceOf renamed -> {
        String kept = renaming.rename(connection, definition.relation());
        rows.registry().insert(connection, definition);
        yield new ApplyOutcome.Renamed(kept);
      }
      case OwnershipRule.Decision.Adopt adopt -> {
        requirePossible(row.orElseThrow(), definition, plan);
        rows.registry().want(connection, row.orElseThrow().id(), definition);
        yield new ApplyOutcome.Adopted(adopt.previous());
      }
      case OwnershipRule.Decision.Manage manage ->
          manage(connection, row.orElseThrow(), definition, plan);
    };
  }

  private ApplyOutcome manage(
      Connection connection,
      StreamTableRecord row,
      StreamTableDefinition definition,
      MaintenancePlan plan)
      throws SQLException {
    if (row.definition().equals(definition)) {
      return new ApplyOutcome.Unchanged();
    }
    Optional<LayoutChange> change = requirePossible(row, definition, plan);
    String wanted = codec.hash(definition);
    ChangeRule.Verdict verdict =
        change.isEmpty()
            ? ChangeRule.Verdict.ACCEPT
            : changes.decide(row.definitionHash(), wanted, definition.policies());
    if (verdict == ChangeRule.Verdict.ACCEPT) {
      rows.registry().want(connection, row.id(), definition);
      return new ApplyOutcome.Changed(
          row.definitionHash().equals(wanted)
              ? ApplyOutcome.Changed.Extent.SETTINGS
              : ApplyOutcome.Changed.Extent.ROWS);
    }
    StreamTableDefinition meanwhile = definition.withRowsOf(row.definition());
    if (!meanwhile.equals(row.definition())) {
      rows.registry().want(connection, row.id(), meanwhile);
    }
    PendingDefinition pending =
        new PendingDefinition(
            wanted,
            summary(row, definition, change.orElseThrow()),
            dependants.all(connection, definition.relation()));
    rows.registry().await(connection, row.id(), pendings.write(pending));
    return verdict == ChangeRule.Verdict.REJECT
        ? new ApplyOutcome.ChangeRejected(pending)
        : new ApplyOutcome.AwaitingApproval(pending);
  }

  /** The change that readers would see; empty while there are none. Throws when it cannot be. */
  private Optional<LayoutChange> requirePossible(
      StreamTableRecord row, StreamTableDefinition definition, MaintenancePlan plan) {
    Optional<VersionContents> contents =
        row.version()
            .filter(version -> version.population() == VersionRecord.Population.POPULATED)
            .flatMap(version -> row.contents());
    return contents.map(present -> inPlace.plan(definition, codec.hash(definition), present, plan));
  }

  private static String summary(
      StreamTableRecord row, StreamTableDefinition definition, LayoutChange change) {
    String parts =
        (row.definition().query().strip().equals(definition.query().strip())
                ? ""
                : "the query changes; ")
            + (row.definition().owner().equals(definition.owner())
                ? ""
                : "its rights become those of another role; ");
    String columns =
        change.added().stream()
            .filter(column -> column.visibility() == StorageColumn.Visibility.VISIBLE)
            .map(column -> column.name().name())
            .collect(Collectors.joining(", "));
    return parts + (columns.isEmpty() ? "the columns stay" : "new columns: " + columns);
  }

  private OwnershipRule.Decision decide(
      Connection connection,
      StreamTableDefinition definition,
      Optional<OwnershipRule.Holder> holder)
      throws SQLException {
    boolean taken = holder.isEmpty() && renaming.exists(connection, definition.relation());
    return ownership.decide(
        holder,
        taken ? OwnershipRule.Standing.FOREIGN_RELATION : OwnershipRule.Standing.NOTHING,
        definition.origin(),
        definition.policies().adoption());
  }

  private OwnershipRule.Decision decide(
      StreamTableDefinition definition, Optional<OwnershipRule.Holder> holder) {
    return transactions.inTransaction(
        LOCK_BUDGET, connection -> decide(connection, definition, holder));
  }

  private static OwnershipRule.Holder holder(
      StreamTableRecord row, StreamTableDefinition definition, Owners owners) {
    Origin origin = row.definition().origin();
    OwnershipRule.Tenure tenure = tenure(row);
    boolean asks =
        tenure == OwnershipRule.Tenure.OWNED && !OwnershipRule.isSame(origin, definition.origin());
    return new OwnershipRule.Holder(
        origin, tenure, asks ? owners.of(origin) : Owners.Liveness.ALIVE);
  }

  private static OwnershipRule.Holder withTenure(
      OwnershipRule.Holder known, StreamTableRecord row) {
    return new OwnershipRule.Holder(known.origin(), tenure(row), known.liveness());
  }

  private static OwnershipRule.Tenure tenure(StreamTableRecord row) {
    return switch (row.state()) {
      case RELEASING -> OwnershipRule.Tenure.LEAVING;
      case RETAINED, ORPHANED -> OwnershipRule.Tenure.TOMBSTONE;
      case CREATING, LOADING, ACTIVE, STALLED -> OwnershipRule.Tenure.OWNED;
    };
  }

  /** Equal to what was accepted, by the same owner: nothing to analyse, nothing to write. */
  private static boolean isSettledFor(StreamTableRecord row, StreamTableDefinition definition) {
    return tenure(row) == OwnershipRule.Tenure.OWNED && row.definition().equals(definition);
  }
}
