package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import java.util.List;

/** Sanity: a retraction computes what the insertion computed, so nothing may depend on chance. */
final class NoVolatileCall {

  /**
   * @param unstable functions whose results may change for rows that did not
   */
  void check(List<String> unstable) {
    if (!unstable.isEmpty()) {
      throw TrickleException.of(
          ErrorCode.INTERNAL,
          "a function that keeps no result got into a plan: " + unstable.getFirst(),
          "report the query");
    }
  }
}
