package dev.pgtrickle.binding.validation;

import dev.pgtrickle.binding.problem.FieldPath;
import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.crds.streamtable.StreamTableSpec;

/** The hash of a change that may be applied. */
final class ApprovalRules implements Rules {
  private static final int LONGEST_HASH = 128;

  @Override
  public void check(StreamTable table, StreamTableSpec spec, Problems problems) {
    String hash = spec.approvedDefinition();
    if (hash != null && hash.length() > LONGEST_HASH) {
      problems.invalid(
          FieldPath.of("spec", "approvedDefinition"),
          "more than 128 characters",
          "copy the hash from status.pendingDefinition");
    }
  }
}
