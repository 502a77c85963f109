package dev.pgtrickle.engine.preview;

import dev.pgtrickle.engine.plan.DriverText;
import dev.pgtrickle.engine.plan.MaintenancePlan;
import dev.pgtrickle.engine.plan.MaintenanceStatements;
import dev.pgtrickle.engine.plan.RowBound;
import dev.pgtrickle.engine.plan.StagedApply;
import dev.pgtrickle.engine.plan.StagingStatement;
import dev.pgtrickle.engine.plan.StatementPlanner;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.source.ChangeColumns;
import dev.pgtrickle.engine.source.ChangeWindow;
import dev.pgtrickle.engine.source.SourceRequirement;
import dev.pgtrickle.engine.source.WindowPredicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The statements of a plan over tables that nobody has made yet: names of ours are placeholders.
 */
final class StatementPreview {
  private static final String DATA = "pgtrickle_data";

  List<Preview.GeneratedStatement> of(MaintenancePlan plan, QualifiedName relation) {
    MaintenanceStatements statements =
        new StatementPlanner(new WindowPredicate())
            .statements(
                plan,
                new QualifiedName(Identifier.of(DATA), Identifier.of(relation.name().name())));
    List<Preview.GeneratedStatement> shown = new ArrayList<>();
    add(shown, "storage", statements.createStorage(), "");
    add(shown, "first load", List.of(), statements.initialLoad().withClause());
    if (!plan.isFullOnly()) {
      add(
          shown,
          "refresh after few changes",
          List.of(),
          statements.smallDelta(windows(plan), everySource(plan), RowBound.THOUSAND).withClause());
    }
    StagedApply full = statements.fullDifference();
    add(
        shown,
        "full refresh",
        full.preparation().stream().map(StagingStatement::sql).toList(),
        full.apply().withClause());
    add(shown, "query that verify compares with", List.of(), statements.visibleQuery());
    return List.copyOf(shown);
  }

  private static void add(
      List<Preview.GeneratedStatement> shown, String purpose, List<String> complete, String last) {
    List<String> parts = new ArrayList<>(complete);
    if (!last.isEmpty()) {
      parts.add(last);
    }
    shown.add(
        new Preview.GeneratedStatement(
            purpose, DriverText.operatorsSingle(String.join(";\n", parts))));
  }

  private static Set<Long> everySource(MaintenancePlan plan) {
    return plan.sources().stream().map(SourceRequirement::relationOid).collect(Collectors.toSet());
  }

  private static List<ChangeWindow> windows(MaintenancePlan plan) {
    List<ChangeWindow> windows = new ArrayList<>();
    for (SourceRequirement source : plan.sources()) {
      int number = windows.size() + 1;
      Map<Integer, Identifier> columns = new TreeMap<>();
      source
          .attributeNumbers()
          .forEach(attribute -> columns.put(attribute, ChangeColumns.captured(attribute)));
      windows.add(
          new ChangeWindow(
              number,
              source.relationOid(),
              List.of(
                  QualifiedName.of(DATA, "changes_" + number + "_1_a"),
                  QualifiedName.of(DATA, "changes_" + number + "_1_b")),
              columns));
    }
    return windows;
  }
}
