package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;

/** The answer to an operator that is understood but has no delta rule. */
public final class NoRuleYet {

  private NoRuleYet() {}

  public static TrickleException of(Operator operator) {
    return TrickleException.of(
        ErrorCode.UNSUPPORTED,
        operator.title() + " is not maintained incrementally",
        "leave it to the queries that read the stream table");
  }
}
