package dev.pgtrickle.cli.replay;

import dev.pgtrickle.cli.engine.Engines;
import dev.pgtrickle.cli.engine.PreviewClient;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.preview.Preview;
import dev.pgtrickle.engine.preview.PreviewRequest;
import java.util.List;

/** Asks the engine what it would do with a query. */
final class PlanFinder {
  private final Engines engines;

  PlanFinder(Engines engines) {
    this.engines = engines;
  }

  CasePlan find(ConnectionTarget target, CaseDefinition definition) {
    try (PreviewClient client = engines.previews(target, List.of())) {
      return switch (preview(client, definition, RefreshMode.AUTO)) {
        case Preview.Accepted accepted ->
            accepted.mode() == Preview.Mode.FULL
                ? new CasePlan.Full(accepted.reason())
                : new CasePlan.Differential(accepted.planClass(), accepted.reason());
        case Preview.Refused refused ->
            preview(client, definition, RefreshMode.FULL) instanceof Preview.Accepted
                ? new CasePlan.FullOnRequest(refused.reason())
                : new CasePlan.Refused(refused.reason());
      };
    }
  }

  private static Preview preview(
      PreviewClient client, CaseDefinition definition, RefreshMode mode) {
    return client.preview(
        PreviewRequest.of(definition.inMode("preview", mode), PreviewRequest.Statements.HIDDEN));
  }
}
