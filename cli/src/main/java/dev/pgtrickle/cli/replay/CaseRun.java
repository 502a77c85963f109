package dev.pgtrickle.cli.replay;

import dev.pgtrickle.cli.engine.Engines;
import dev.pgtrickle.engine.runtime.EngineListener;
import dev.pgtrickle.engine.runtime.StreamTableEngine;
import dev.pgtrickle.testbed.cases.SqlCase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One case in one order, in a database of its own, with a stream table for each mode. */
final class CaseRun {
  private final ReplayServer server;
  private final Engines engines;
  private final SqlCase replayed;
  private final ReplayOrder order;
  private final Set<ReplayMode> modes;
  private final List<KeptTable> tables = new ArrayList<>();
  private @Nullable CasePlan plan;
  private @Nullable StreamTableEngine engine;

  /**
   * A run.
   *
   * @param plan of the case, where it is known already
   */
  CaseRun(
      ReplayServer server,
      Engines engines,
      SqlCase replayed,
      ReplayOrder order,
      Set<ReplayMode> modes,
      @Nullable CasePlan plan) {
    this.server = server;
    this.engines = engines;
    this.replayed = replayed;
    this.order = order;
    this.modes = modes;
    this.plan = plan;
  }

  /** What was found out, a result a mode. */
  record Found(CasePlan plan, List<CaseResult> results) {}

  Found run() throws SQLException {
    CaseDatabase database = server.create();
    try (CaseSession session = CaseSession.open(database)) {
      return run(database, session);
    } finally {
      server.retire(database, Optional.ofNullable(engine));
    }
  }

  private Found run(CaseDatabase database, CaseSession session) throws SQLException {
    Timeline timeline = new Timeline(replayed, order);
    for (var statement : timeline.preparation()) {
      session.run(statement);
    }
    session.endTransaction();
    CaseDefinition definition = new CaseDefinition(session.schema(), replayed.query());
    CasePlan found = plan != null ? plan : new PlanFinder().find(database.target(), definition);
    boolean isKept = modes.stream().anyMatch(mode -> definition.kept(mode, found).isPresent());
    if (isKept) {
      TableFamilies families =
          order == ReplayOrder.INTERLEAVED
              ? TableFamilies.read(session.connection())
              : TableFamilies.unknown();
      for (Step step : timeline.steps(families)) {
        take(step, database, session, definition, found);
      }
      finish(session);
    }
    return new Found(found, results(found, session));
  }

  private void take(
      Step step,
      CaseDatabase database,
      CaseSession session,
      CaseDefinition definition,
      CasePlan found)
      throws SQLException {
    switch (step) {
      case Step.Change change -> session.run(change.statement());
      case Step.Creation _ -> {
        session.endTransaction();
        create(database, session, definition, found);
      }
      case Step.Refresh _ -> {
        if (!session.isInTransaction()) {
          refresh(session);
        }
      }
    }
  }

  private void create(
      CaseDatabase database, CaseSession session, CaseDefinition definition, CasePlan found) {
    StreamTableEngine opened = engines.own(database.target(), EngineListener.silent());
    engine = opened;
    for (ReplayMode mode : modes) {
      definition
          .kept(mode, found)
          .map(kept -> new KeptTable(mode, opened, kept, session))
          .ifPresent(tables::add);
    }
    // All asked for first: they come to be beside each other.
    tables.forEach(KeptTable::create);
    tables.stream().filter(table -> !table.isOver()).forEach(KeptTable::awaitCreation);
  }

  private void refresh(CaseSession session) {
    String place = session.happened().getLast().words();
    tables.stream().filter(table -> !table.isOver()).forEach(table -> table.refresh(place));
  }

  /** What a transaction left open is undone; statements that failed are looked into. */
  private void finish(CaseSession session) throws SQLException {
    if (session.isInTransaction()) {
      session.endTransaction();
      refresh(session);
    }
    List<CaseSession.Happening> failures = session.failures();
    if (failures.isEmpty()) {
      return;
    }
    Optional<String> blame = new Control(server).blame(session.happened());
    for (KeptTable table : tables) {
      blame.ifPresent(table::blame);
      table.note(
          "%d statements of the case fail by themselves, the first at %s"
              .formatted(failures.size(), failures.getFirst().words()));
    }
  }

  private List<CaseResult> results(CasePlan found, CaseSession session) {
    List<CaseResult> results = new ArrayList<>();
    for (ReplayMode mode : modes) {
      Optional<KeptTable> kept = tables.stream().filter(table -> table.mode() == mode).findFirst();
      CaseResult result =
          CaseResult.of(
              replayed.name(),
              order,
              mode,
              found,
              kept.map(KeptTable::outcome).orElse(Outcome.REFUSED),
              kept.map(KeptTable::detail).orElseGet(() -> preparationFailures(session)));
      results.add(kept.flatMap(KeptTable::refusal).map(result::because).orElse(result));
    }
    return results;
  }

  /** A query is often refused because a table of it could not be made. */
  private static String preparationFailures(CaseSession session) {
    return session.failures().stream()
        .findFirst()
        .map(failure -> "a statement before failed: " + failure.words())
        .orElse("");
  }
}
