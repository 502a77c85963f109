package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Determinism;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.relations.FunctionFacts;
import java.util.List;

/** Sanity: a retraction computes what the insertion computed, so nothing may depend on chance. */
final class NoVolatileCall {

  void check(List<FunctionFacts> functions) {
    if (Determinism.of(functions) != Determinism.DETERMINISTIC) {
      throw TrickleException.of(
          ErrorCode.INTERNAL,
          "a function that is not immutable got into a plan",
          "report the query");
    }
  }
}
