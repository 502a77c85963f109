package dev.pgtrickle.cli.replay;

import dev.pgtrickle.engine.error.TrickleException;

/** What the engine makes of the query of a case, whatever the order and the mode. */
sealed interface CasePlan {

  /** Kept by its changes. */
  record Differential(String planClass, String reason) implements CasePlan {}

  /** Kept by full refreshes, and why. */
  record Full(String reason) implements CasePlan {}

  /** Kept only where full refreshes are asked for. */
  record FullOnRequest(TrickleException refusal) implements CasePlan {}

  /** Not kept at all. */
  record Refused(TrickleException refusal) implements CasePlan {}
}
