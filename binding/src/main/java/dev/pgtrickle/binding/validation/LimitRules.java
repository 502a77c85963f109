package dev.pgtrickle.binding.validation;

import dev.pgtrickle.binding.problem.FieldPath;
import dev.pgtrickle.binding.value.QuantityText;
import dev.pgtrickle.crds.streamtable.IntOrString;
import dev.pgtrickle.crds.streamtable.LimitsSpec;
import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.crds.streamtable.StreamTableSpec;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bounds of the table and its refreshes. */
final class LimitRules implements Rules {
  private static final FieldPath LIMITS = FieldPath.of("spec", "limits");
  private static final long LEAST_SIZE = 1;
  private static final long GREATEST_SIZE = 1L << 60;
  private static final long LEAST_BATCH = 1_000;
  private static final long GREATEST_BATCH = 10_000_000;
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
    checkBatch(limits.mergeBatchSize(), problems);
    checkBytes(LIMITS.field("maxBytes"), limits.maxBytes(), LEAST_SIZE, GREATEST_SIZE, problems);
    checkBytes(
        LIMITS.field("workMem"),
        limits.workMem(),
        LEAST_WORK_MEMORY,
        GREATEST_WORK_MEMORY,
        problems);
  }

  private static void checkBatch(@Nullable Long size, Problems problems) {
    if (size != null && (size < LEAST_BATCH || size > GREATEST_BATCH)) {
      problems.invalid(
          LIMITS.field("mergeBatchSize"),
          size + " is out of bounds",
          "choose a number from 1000 to 10000000");
    }
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
    Optional<BigDecimal> bytes = QuantityText.exactly(size.text());
    if (bytes.isEmpty()) {
      problems.invalid(
          path,
          "\"" + size.text() + "\" is no Kubernetes quantity",
          "write bytes like 64Mi or 20Gi (not 64MB)");
    } else if (bytes.get().compareTo(BigDecimal.valueOf(least)) < 0
        || bytes.get().compareTo(BigDecimal.valueOf(greatest)) > 0) {
      problems.invalid(
          path,
          size.text() + " is out of bounds",
          least == LEAST_SIZE ? "choose a size from 1 to 1Ei" : "choose a size from 64Ki to 2Ti");
    }
  }
}
