package dev.pgtrickle.cli.replay;

import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.preview.Preview;
import dev.pgtrickle.engine.preview.PreviewRequest;
import dev.pgtrickle.engine.preview.QueryAdvice;
import dev.pgtrickle.engine.preview.QueryPreviewer;

/** Asks the engine what it would do with a query; advice is not wanted, and would take time. */
final class PlanFinder {

  CasePlan find(ConnectionTarget target, CaseDefinition definition) {
    try (QueryPreviewer previewer = QueryPreviewer.open(target, QueryAdvice.none())) {
      return switch (preview(previewer, definition, RefreshMode.AUTO)) {
        case Preview.Accepted accepted ->
            accepted.mode() == Preview.Mode.FULL
                ? new CasePlan.Full(accepted.reason())
                : new CasePlan.Differential(accepted.planClass(), accepted.reason());
        case Preview.Refused refused ->
            preview(previewer, definition, RefreshMode.FULL) instanceof Preview.Accepted
                ? new CasePlan.FullOnRequest(refused.reason())
                : new CasePlan.Refused(refused.reason());
      };
    }
  }

  private static Preview preview(
      QueryPreviewer previewer, CaseDefinition definition, RefreshMode mode) {
    return previewer.preview(
        PreviewRequest.of(definition.inMode("preview", mode), PreviewRequest.Statements.HIDDEN));
  }
}
