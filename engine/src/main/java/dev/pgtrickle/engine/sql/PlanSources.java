package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.algebra.WholeRow;
import dev.pgtrickle.engine.relations.RelationFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The tables under a plan, queries within its expressions included. */
final class PlanSources {
  private final SourceChecks checks;

  PlanSources(SourceChecks checks) {
    this.checks = checks;
  }

  /** In order of oid, which is the order in which they are locked (P5). */
  List<AnalyzedQuery.Source> of(Operator plan) {
    Map<Long, Scan> scans = new TreeMap<>();
    Map<Long, TreeSet<Integer>> columns = new HashMap<>();
    visit(
        plan,
        operator -> {
          if (operator instanceof Scan scan) {
            checks.check(scan);
            scans.put(scan.relation().oid(), scan);
            TreeSet<Integer> numbers =
                columns.computeIfAbsent(scan.relation().oid(), _ -> new TreeSet<>());
            scan.scanned().stream()
                .map(Scan.ScannedColumn::attributeNumber)
                .filter(number -> number > 0)
                .forEach(numbers::add);
          }
        });
    List<AnalyzedQuery.Source> sources = new ArrayList<>();
    for (Scan scan : scans.values()) {
      RelationFacts relation = scan.relation();
      TreeSet<Integer> numbers = columns.getOrDefault(relation.oid(), new TreeSet<>());
      for (int number : numbers) {
        checks.check(relation, relation.column(number).orElseThrow());
      }
      sources.add(new AnalyzedQuery.Source(relation, numbers, scan.streamTable()));
    }
    return List.copyOf(sources);
  }

  /**
   * The tables of which whole rows are read. PostgreSQL does not list the columns of those; of a
   * table whose columns are read as well it does not even say that the row is.
   */
  static Set<Long> readByRow(Operator plan) {
    Set<Long> relations = new TreeSet<>();
    visit(
        plan,
        operator -> {
          if (operator instanceof WholeRow row && row.input() instanceof Scan scan) {
            relations.add(scan.relation().oid());
          }
        });
    return relations;
  }

  /** The types of a plan's columns whose definition somebody may change. */
  static Set<Long> definitions(Operator plan) {
    Set<Long> types = new TreeSet<>();
    visit(
        plan,
        operator ->
            operator
                .columns()
                .forEach(column -> types.addAll(column.type().facts().definitions())));
    return types;
  }

  private static void visit(Operator operator, Consumer<Operator> visitor) {
    visitor.accept(operator);
    operator.inputs().forEach(input -> visit(input, visitor));
    operator.scalars().stream()
        .flatMap(scalar -> scalar.withAllOperands().stream())
        .map(Scalar::query)
        .forEach(query -> query.ifPresent(found -> visit(found, visitor)));
  }
}
