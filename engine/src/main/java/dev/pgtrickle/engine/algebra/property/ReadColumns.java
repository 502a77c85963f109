package dev.pgtrickle.engine.algebra.property;

import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a plan reads: the sources whose changes have to be captured, and which of their columns. */
public final class ReadColumns {

  private ReadColumns() {}

  /** The attribute numbers by relation, those of queries within expressions included. */
  public static Map<QualifiedName, Set<Integer>> of(Operator plan) {
    Map<QualifiedName, Set<Integer>> found = new TreeMap<>();
    collect(plan, found);
    return found;
  }

  private static void collect(Operator operator, Map<QualifiedName, Set<Integer>> found) {
    if (operator instanceof Scan scan) {
      add(scan.relation().name(), scan.scanned(), found);
    }
    operator.inputs().forEach(input -> collect(input, found));
    operator.scalars().stream()
        .flatMap(scalar -> scalar.withAllOperands().stream())
        .flatMap(scalar -> scalar.query().stream())
        .forEach(query -> collect(query, found));
  }

  private static void add(
      QualifiedName relation,
      List<Scan.ScannedColumn> scanned,
      Map<QualifiedName, Set<Integer>> found) {
    Set<Integer> numbers = found.computeIfAbsent(relation, _ -> new TreeSet<>());
    scanned.forEach(column -> numbers.add(column.attributeNumber()));
  }
}
