package dev.pgtrickle.cli.replay;

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

/**
 * The definitions that a case stands for.
 *
 * @param schema where its tables are found first, and so where the stream tables stand
 */
record CaseDefinition(String schema, String query) {

  /** What is kept in a mode; empty when the plan does not admit that. */
  Optional<StreamTableDefinition> kept(ReplayMode mode, CasePlan plan) {
    String name = "replay_" + mode;
    return switch (plan) {
      case CasePlan.Differential _ ->
          Optional.of(
              inMode(name, mode == ReplayMode.FULL ? RefreshMode.FULL : RefreshMode.DIFFERENTIAL));
      case CasePlan.Full _ ->
          Optional.of(inMode(name, mode == ReplayMode.FULL ? RefreshMode.FULL : RefreshMode.AUTO));
      case CasePlan.FullOnRequest _ ->
          mode == ReplayMode.FULL ? Optional.of(inMode(name, RefreshMode.FULL)) : Optional.empty();
      case CasePlan.Refused _ -> Optional.empty();
    };
  }

  /** Refreshed on request only. */
  StreamTableDefinition inMode(String name, RefreshMode mode) {
    return new StreamTableDefinition(
        QualifiedName.of(schema, name),
        query,
        mode,
        Fallback.ALLOW,
        new Schedule.Manual(),
        Wake.AUTO,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        Limits.defaults(),
        StreamTableDefinition.Activity.ACTIVE,
        new Origin("replay", name, name));
  }
}
