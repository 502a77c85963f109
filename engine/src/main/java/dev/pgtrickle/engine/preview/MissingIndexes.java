package dev.pgtrickle.engine.preview;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.Join;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.algebra.SemiJoin;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.postgres.SqlText;
import dev.pgtrickle.engine.relations.RelationFacts;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Columns by which a delta looks for rows, and no index leads to them. Each is told with the
 * statement that would make one: on a table of the user's nobody else makes it.
 */
final class MissingIndexes {
  private final Map<ColumnId, Stored> stored = new HashMap<>();
  private final Set<String> warnings = new LinkedHashSet<>();

  /** A column of a table. */
  private record Stored(
      RelationFacts relation, Optional<QualifiedName> streamTable, int attributeNumber) {

    boolean isIndexed() {
      return relation.indexed().contains(attributeNumber);
    }
  }

  /** What joins look for. */
  List<String> ofJoins(Operator plan) {
    collect(plan);
    visitJoins(plan);
    return List.copyOf(warnings);
  }

  /** What groups look for that are read again. */
  List<String> ofGroups(Operator maintained) {
    collect(maintained);
    visitGroups(maintained);
    return List.copyOf(warnings);
  }

  private void collect(Operator operator) {
    operator.inputs().forEach(this::collect);
    if (operator instanceof Scan scan) {
      scan.scanned().stream()
          .filter(column -> column.attributeNumber() > 0)
          .forEach(column ->
              stored.put(
                  column.column().id(),
                  new Stored(scan.relation(), scan.streamTable(), column.attributeNumber())));
    }
    if (operator instanceof Project project) {
      for (Project.ComputedColumn computed : project.computed()) {
        of(computed.scalar()).ifPresent(column -> stored.put(computed.column().id(), column));
      }
    }
  }

  private void visitJoins(Operator operator) {
    Optional<Scalar> condition =
        switch (operator) {
          case Join join -> join.condition();
          case SemiJoin join -> Optional.of(join.condition());
          default -> Optional.empty();
        };
    condition.stream()
        .flatMap(all -> all.conjuncts().stream())
        .map(Scalar::bare)
        .filter(conjunct -> conjunct.form() == Form.INFIX && conjunct.operator().equals("="))
        .flatMap(conjunct -> conjunct.operands().stream())
        .flatMap(side -> of(side).stream())
        .filter(column -> !column.isIndexed())
        .forEach(column -> warn(List.of(column), "a join looks for rows"));
    operator.inputs().forEach(this::visitJoins);
  }

  private void visitGroups(Operator operator) {
    switch (operator) {
      case GroupBy group ->
          keys(group.keys().stream().map(Project.ComputedColumn::scalar).toList());
      case Aggregate aggregate when aggregate.keepsExtremes() ->
          keys(aggregate.keys().stream().map(Column::id).map(Scalar::of).toList());
      default -> {
        // Reads nothing again.
      }
    }
    operator.inputs().forEach(this::visitGroups);
  }

  /**
   * One key with an index is enough; of several tables' keys nobody knows which one is the best.
   */
  private void keys(List<Scalar> keys) {
    List<Stored> columns = keys.stream().flatMap(key -> of(key).stream()).toList();
    boolean oneTable = columns.stream().map(Stored::relation).distinct().count() == 1;
    if (oneTable && columns.stream().noneMatch(Stored::isIndexed)) {
      warn(columns, "the rows of a group are read again");
    }
  }

  private Optional<Stored> of(Scalar scalar) {
    return scalar.bare().asColumn().map(stored::get);
  }

  private void warn(List<Stored> columns, String use) {
    RelationFacts relation = columns.getFirst().relation();
    String list =
        SqlText.identifiers(
            columns.stream()
                .map(column -> relation.column(column.attributeNumber()).orElseThrow().name())
                .distinct()
                .toList());
    String remedy =
        columns
            .getFirst()
            .streamTable()
            .map(name -> "spec.indexes of stream table %s: (%s)".formatted(name, list))
            .orElseGet(() ->
                "CREATE INDEX CONCURRENTLY ON %s (%s)".formatted(relation.name().quoted(), list));
    warnings.add("no index by which %s: %s".formatted(use, remedy));
  }
}
