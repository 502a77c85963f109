package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.delta.NotInDelta;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.source.SourceRequirement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Sanity: a delta reads a table only beside changed rows, their keys or what was made of them. A
 * table that stands alone in a SELECT of a common table is read as a whole, whatever changed. Only
 * a node whose class says so may do that.
 */
final class RestrictedScansOnly implements StatementCheck {
  private static final Pattern CHANGED =
      Pattern.compile(
          "\"([a-z]+_\\d+_(delta|touched|probe|met|regime|present|previous)|"
              + ValuesReadAgain.LOST.name()
              + ")\"");

  /** The comment of the common table that asks a whole side for its state. */
  private static final String WHOLE_SIDE = "-- " + NotInDelta.WHOLE_SIDE;

  @Override
  public void check(MaintenancePlan plan, String statement) {
    boolean recomputes =
        plan.operators().stream()
            .anyMatch(operator -> operator.planClass() == PlanClass.NODE_RECOMPUTE);
    for (String select : selects(statement)) {
      boolean named = recomputes && select.startsWith(WHOLE_SIDE);
      if (!named && !CHANGED.matcher(select).find()) {
        refuseTables(plan, select);
      }
    }
  }

  private static void refuseTables(MaintenancePlan plan, String select) {
    for (SourceRequirement source : plan.sources()) {
      String name = source.name().quoted();
      if (select.contains("FROM " + name)
          || select.contains("JOIN " + name)
          || select.contains("ONLY " + name)) {
        throw TrickleException.of(
            ErrorCode.INTERNAL,
            "a generated delta reads the whole table " + source.name(),
            "report the query");
      }
    }
  }

  /** The SELECTs of all common tables; those within them are indented, and belong to them. */
  private static List<String> selects(String statement) {
    List<String> selects = new ArrayList<>();
    StringBuilder select = new StringBuilder();
    for (String line : statement.lines().toList()) {
      // The name of a common table is no proof that it reads changes.
      boolean border = line.startsWith("-- ") || line.equals("  UNION ALL");
      if (border) {
        selects.add(select.toString());
        select.setLength(0);
      }
      if (!line.startsWith("\"")) {
        select.append(line).append('\n');
      }
    }
    selects.add(select.toString());
    return selects;
  }
}
