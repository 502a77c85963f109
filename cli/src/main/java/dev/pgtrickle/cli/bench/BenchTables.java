package dev.pgtrickle.cli.bench;

import dev.pgtrickle.engine.definition.Fallback;
import dev.pgtrickle.engine.definition.Limits;
import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.Schedule;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.definition.Wake;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.util.List;
import java.util.Optional;

/** Definitions of the stream tables that benchmarks measure. */
public final class BenchTables {
  private BenchTables() {}

  public static StreamTableDefinition differential(
      QualifiedName relation, String query, Schedule schedule, Wake wake) {
    return definition(relation, query, RefreshMode.DIFFERENTIAL, Fallback.NEVER, schedule, wake);
  }

  /** Refreshed on request only, in this mode. */
  public static StreamTableDefinition manual(
      QualifiedName relation, String query, RefreshMode mode) {
    return definition(relation, query, mode, Fallback.ALLOW, new Schedule.Manual(), Wake.POLL);
  }

  private static StreamTableDefinition definition(
      QualifiedName relation,
      String query,
      RefreshMode mode,
      Fallback fallback,
      Schedule schedule,
      Wake wake) {
    return new StreamTableDefinition(
        relation,
        query,
        mode,
        fallback,
        schedule,
        wake,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        Limits.defaults(),
        StreamTableDefinition.Activity.ACTIVE,
        new Origin("bench", relation.name().name(), "bench:" + relation));
  }
}
