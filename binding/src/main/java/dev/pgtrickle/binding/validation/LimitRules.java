package dev.pgtrickle.binding.validation;

import dev.pgtrickle.binding.problem.FieldPath;
import dev.pgtrickle.binding.value.QuantityText;
import dev.pgtrickle.crds.streamtable.IntOrString;
import dev.pgtrickle.crds.streamtable.LimitsSpec;
import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.crds.streamtable.StreamTableSpec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bounds of the table and its refreshes. */
final class LimitRules implements Rules {
  private static final FieldPath LIMITS = FieldPath.of("spec", "limits");
  private static final long LEAST_WORK_MEMORY = 64L << 10;
  private static final long GREATEST_WORK_MEMORY = 2_147_483_647L << 10;

  @Override
  public void check(StreamTable table, StreamTableSpec spec, Problems problems) {
    LimitsSpec limits = spec.limits();
    if (limits == null) {
      return;
    }
    if (limits.refreshTimeout() != null) {
      Durations.check(
          LIMITS.field("refreshTimeout"), limits.refreshTimeout(), "1s", "24h", problems);
    }
    if (limits.lockTimeout() != null) {
      Durations.check(LIMITS.field("lockTimeout"), limits.lockTimeout(), "10ms", "500ms", problems);
    }
    checkCount(LIMITS.field("maxRows"), limits.maxRows(), problems);
    checkCount(LIMITS.field("maxBufferedChanges"), limits.maxBufferedChanges(), problems);
    checkCount(LIMITS.field("mergeBatchSize"), limits.mergeBatchSize(), problems);
    checkBytes(LIMITS.field("maxBytes"), limits.maxBytes(), 1, Long.MAX_VALUE, problems);
    checkBytes(
        LIMITS.field("workMem"),
        limits.workMem(),
        LEAST_WORK_MEMORY,
        GREATEST_WORK_MEMORY,
        problems);
  }

  private static void checkCount(FieldPath path, @Nullable Long count, Problems problems) {
    if (count != null && count < 1) {
      problems.invalid(path, count + " is not positive", "write a number above 0");
    }
  }

  private static void checkBytes(
      FieldPath path, @Nullable IntOrString size, long least, long greatest, Problems problems) {
    if (size == null) {
      return;
    }
    Optional<Long> bytes = QuantityText.bytes(size.text());
    if (bytes.isEmpty()) {
      problems.invalid(
          path,
          "\"" + size.text() + "\" is no Kubernetes quantity",
          "write bytes like 64Mi or 20Gi (not 64MB)");
    } else if (bytes.get() < least || bytes.get() > greatest) {
      problems.invalid(
          path,
          size.text() + " is out of bounds",
          least == 1 ? "write a size above 0" : "choose a size from 64Ki to 2Ti");
    }
  }
}
