package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import java.util.regex.Pattern;

/**
 * Sanity: no join condition of ours rests on IS NOT DISTINCT FROM alone. That can only be a nested
 * loop: seconds instead of milliseconds. Our join conditions stand on one line.
 */
final class NoNullSafeJoinAlone implements StatementCheck {
  private static final Pattern EQUALITY = Pattern.compile("\"[^\"]+\" = ");

  @Override
  public void check(MaintenancePlan plan, String statement) {
    statement
        .lines()
        .filter(line -> line.contains("JOIN") || line.strip().startsWith("ON "))
        .filter(line -> line.contains("IS NOT DISTINCT FROM"))
        .filter(line -> !EQUALITY.matcher(line).find())
        .findFirst()
        .ifPresent(line -> {
          throw TrickleException.of(
              ErrorCode.INTERNAL,
              "a generated join rests on IS NOT DISTINCT FROM alone: " + line.strip(),
              "report the query");
        });
  }
}
