package dev.pgtrickle.engine.refresh;

import dev.pgtrickle.engine.capture.SourceState;
import dev.pgtrickle.engine.catalog.DefinitionCodec;
import dev.pgtrickle.engine.catalog.HistoryEntry;
import dev.pgtrickle.engine.catalog.HistoryLog;
import dev.pgtrickle.engine.catalog.VersionContents;
import dev.pgtrickle.engine.catalog.VersionRegistry;
import dev.pgtrickle.engine.plan.ApplyStatement;
import dev.pgtrickle.engine.plan.Replacement;
import dev.pgtrickle.engine.plan.RowBound;
import dev.pgtrickle.engine.plan.StagedApply;
import dev.pgtrickle.engine.plan.StagingStatement;
import dev.pgtrickle.engine.plan.StorageLayout;
import dev.pgtrickle.engine.plan.WindowParameter;
import dev.pgtrickle.engine.postgres.BoundStatement;
import dev.pgtrickle.engine.source.ChangeWindow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the statements of a refresh together, once it is decided what has to be done. */
final class RefreshScripts {
  private static final String BY_COST = "SET LOCAL enable_seqscan = on";

  /**
   * What is staged is read once, by a plan that needs to know of how many rows it has and of how
   * many keys; a sample of 900 rows tells that in a small part of the time of the usual 30,000.
   */
  private static final String BY_SMALL_SAMPLES = "SET LOCAL default_statistics_target = 3";

  private static final String BY_USUAL_SAMPLES = "SET LOCAL default_statistics_target TO DEFAULT";

  /** What a script may have set, back to what the next one expects. */
  static final List<String> BY_INDEX_AGAIN =
      List.of("SET LOCAL enable_seqscan = off", BY_USUAL_SAMPLES);

  private final FrontierUpdate frontierUpdate;
  private final RefreshStateQueries stateQueries;
  private final FewHandedOn few;
  private final HistoryLog history = new HistoryLog();
  private final VersionRegistry versions = new VersionRegistry();
  private final DefinitionCodec codec = new DefinitionCodec();

  RefreshScripts(FrontierUpdate frontierUpdate, RefreshStateQueries stateQueries) {
    this.frontierUpdate = frontierUpdate;
    this.stateQueries = stateQueries;
    this.few = new FewHandedOn(stateQueries.unread());
  }

  /**
   * The script of a choice that writes, or empty for one that does not.
   *
   * @param handedOn the sources, by id, that are written in the same transaction before
   */
  Optional<RefreshScript> script(
      MaintainedTable table,
      RefreshOrder order,
      RefreshChoice choice,
      List<SourceState> sources,
      Set<Long> handedOn) {
    return switch (choice) {
      case RefreshChoice.Nothing nothing -> Optional.empty();
      case RefreshChoice.RepairCapture repair -> Optional.empty();
      case RefreshChoice.RenewWindows renew -> Optional.empty();
      case RefreshChoice.Reanalyse reanalyse -> Optional.empty();
      case RefreshChoice.SmallDelta small ->
          Optional.of(
              script(
                  table,
                  sources,
                  fewHandedOn(table, small.bound(), sources, handedOn),
                  frontier(table, sources),
                  table
                      .statements()
                      .smallDelta(table.windows(), changed(table, sources), small.bound()),
                  entry(table, order, "Differential", "small delta", small.changes())));
      case RefreshChoice.LargeDelta large -> {
        StagedApply staged =
            table.statements().largeDelta(table.windows(), changed(table, sources));
        yield Optional.of(
            script(
                table,
                sources,
                costBased(table, staged.preparation(), sources),
                frontier(table, sources),
                staged.apply(),
                entry(table, order, "Differential", "large delta", large.changes())));
      }
      case RefreshChoice.FullDifference full -> {
        StagedApply staged = table.statements().fullDifference();
        yield Optional.of(
            script(
                table,
                sources,
                costBased(table, staged.preparation(), sources),
                frontier(table, sources),
                staged.apply(),
                entry(table, order, "Full", full.reason(), -1)));
      }
      case RefreshChoice.InitialLoad initial ->
          Optional.of(
              script(
                  table,
                  sources,
                  List.of(BoundStatement.of(BY_COST)),
                  frontier(table, sources),
                  table.statements().initialLoad(),
                  populated(table),
                  entry(table, order, "Full", "first load", -1)));
      case RefreshChoice.Fill fill -> Optional.of(fill(table, order, fill.fill(), sources));
    };
  }

  private List<BoundStatement> populated(MaintainedTable table) {
    List<BoundStatement> after = new ArrayList<>();
    after.add(versions.markPopulated(table.version().id()));
    after.addAll(analysis(table));
    return after;
  }

  private static List<BoundStatement> analysis(MaintainedTable table) {
    List<BoundStatement> statements = new ArrayList<>();
    statements.add(BoundStatement.of(BY_USUAL_SAMPLES));
    table.statements().analyse().forEach(each -> statements.add(BoundStatement.of(each)));
    return statements;
  }

  /** The switch to another definition: rows, frontier and whose rows they are, in one commit. */
  private RefreshScript fill(
      MaintainedTable table,
      RefreshOrder order,
      VersionContents.Fill fill,
      List<SourceState> sources) {
    BoundStatement filled =
        versions.markFilled(
            table.version().id(),
            codec.hash(table.definition()),
            StorageLayout.of(table.plan()).visibleNames());
    HistoryEntry entry = entry(table, order, "Full", "the definition changed", -1);
    return switch (fill) {
      case DIFFERENCE -> {
        StagedApply staged = table.statements().fullDifference();
        yield script(
            table,
            sources,
            costBased(table, staged.preparation(), sources),
            frontier(table, sources),
            staged.apply(),
            List.of(filled),
            entry);
      }
      case REPLACEMENT -> {
        Replacement replacement = table.statements().replacement();
        List<BoundStatement> before = new ArrayList<>(frontier(table, sources));
        before.add(BoundStatement.of(replacement.delete()));
        List<BoundStatement> after = new ArrayList<>();
        replacement.after().forEach(statement -> after.add(BoundStatement.of(statement)));
        after.addAll(analysis(table));
        after.add(filled);
        yield script(
            table,
            sources,
            costBased(table, replacement.preparation(), sources),
            before,
            replacement.apply(),
            after,
            entry);
      }
    };
  }

  private RefreshScript script(
      MaintainedTable table,
      List<SourceState> sources,
      List<BoundStatement> preparation,
      List<BoundStatement> before,
      ApplyStatement apply,
      HistoryEntry entry) {
    return script(table, sources, preparation, before, apply, List.of(), entry);
  }

  private RefreshScript script(
      MaintainedTable table,
      List<SourceState> sources,
      List<BoundStatement> preparation,
      List<BoundStatement> before,
      ApplyStatement apply,
      List<BoundStatement> afterwards,
      HistoryEntry entry) {
    List<BoundStatement> after = new ArrayList<>(afterwards);
    after.addAll(stateQueries.beforeCommit(table));
    List<@Nullable String> parameters = new ArrayList<>(values(table, apply.parameters(), sources));
    parameters.addAll(history.parameters(entry));
    return new RefreshScript(
        preparation,
        before,
        new BoundStatement(apply.withClause() + "\n" + history.insertAfterApply(), parameters),
        after);
  }

  private List<BoundStatement> fewHandedOn(
      MaintainedTable table, RowBound bound, List<SourceState> sources, Set<Long> handedOn) {
    List<BoundStatement> checks = new ArrayList<>();
    for (MaintainedSource source : table.sources()) {
      ChangeWindow window = source.window();
      if (handedOn.contains(window.sourceId())) {
        checks.add(few.statement(window, state(window.sourceId(), sources), bound));
      }
    }
    return checks;
  }

  private List<BoundStatement> frontier(MaintainedTable table, List<SourceState> sources) {
    List<Long> streamTables =
        table.sources().stream()
            .filter(source -> source.requirement().streamTable().isPresent())
            .map(source -> source.window().sourceId())
            .toList();
    return List.of(frontierUpdate.statement(table.version().id(), sources, streamTables));
  }

  private static List<BoundStatement> costBased(
      MaintainedTable table, List<StagingStatement> preparation, List<SourceState> sources) {
    List<BoundStatement> statements = new ArrayList<>();
    statements.add(BoundStatement.of(BY_COST));
    statements.add(BoundStatement.of(BY_SMALL_SAMPLES));
    for (StagingStatement staging : preparation) {
      statements.add(
          new BoundStatement(staging.sql(), values(table, staging.parameters(), sources)));
    }
    return statements;
  }

  private static HistoryEntry entry(
      MaintainedTable table, RefreshOrder order, String mode, String reason, long changes) {
    return new HistoryEntry(table.streamTableId(), order.cause().word(), mode, reason, changes);
  }

  /** The sources whose changes the statement has to read. */
  private static Set<Long> changed(MaintainedTable table, List<SourceState> sources) {
    Set<Long> changed = new HashSet<>();
    for (MaintainedSource source : table.sources()) {
      if (hasChanges(state(source.window().sourceId(), sources))) {
        changed.add(source.requirement().relationOid());
      }
    }
    return changed;
  }

  private static boolean hasChanges(SourceState source) {
    return source.changes() > 0 || source.markers().truncated();
  }

  private static SourceState state(
      MaintainedTable table, long relationOid, List<SourceState> sources) {
    for (MaintainedSource source : table.sources()) {
      if (source.requirement().relationOid() == relationOid) {
        return state(source.window().sourceId(), sources);
      }
    }
    throw new IllegalStateException("no source has oid " + relationOid);
  }

  private static SourceState state(long sourceId, List<SourceState> sources) {
    for (SourceState source : sources) {
      if (source.sourceId() == sourceId) {
        return source;
      }
    }
    throw new IllegalStateException("no state of source " + sourceId);
  }

  private static List<@Nullable String> values(
      MaintainedTable table, List<WindowParameter> parameters, List<SourceState> sources) {
    List<@Nullable String> values = new ArrayList<>();
    parameters.forEach(parameter -> values.add(value(table, parameter, sources)));
    return values;
  }

  private static String value(
      MaintainedTable table, WindowParameter parameter, List<SourceState> sources) {
    SourceState state = state(table, parameter.relationOid(), sources);
    return switch (parameter.bound()) {
      case OLDEST_TRANSACTION -> state.oldestTransaction();
      case SNAPSHOT -> state.snapshot();
    };
  }
}
