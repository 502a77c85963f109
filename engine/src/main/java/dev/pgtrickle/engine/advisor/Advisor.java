package dev.pgtrickle.engine.advisor;

import dev.pgtrickle.engine.algebra.FreeColumns;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Scalar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;

/**
 * Gives advice on a query, for people to read. Nothing that has to be right may rest on it: it asks
 * Calcite, which knows nothing of PostgreSQL's types, and answers only where text and columns are
 * the same.
 *
 * <p>Plans have to be normalised and typed. An instance keeps nothing and may be shared. The first
 * advice of a process takes seconds, because Calcite compiles parts of itself; with no stream table
 * to compare with it is not asked at all.
 */
public final class Advisor {

  /**
   * Which stream tables a query, or a part of it, can be answered from; the ones that have all of
   * it first.
   */
  public List<Advice> advise(Operator plan, List<KnownStreamTable> known) {
    Set<Advice> found = new LinkedHashSet<>();
    for (KnownStreamTable table : known) {
      parts(plan).stream()
          .map(part -> advice(part, plan, table))
          .flatMap(Optional::stream)
          .min(Comparator.comparing(Advice::extent))
          .ifPresent(found::add);
    }
    return found.stream().sorted(Comparator.comparing(Advice::extent)).toList();
  }

  /** Where the values of each column of the result come from. */
  public List<ColumnLineage> lineage(Operator plan) {
    LineageReader reader = new LineageReader(plan);
    return plan.columns().stream()
        .map(column ->
            new ColumnLineage(
                column.name(),
                reader.origins(column.id()).stream()
                    .sorted(Comparator.comparing(ColumnOrigin::toString))
                    .toList()))
        .toList();
  }

  private static Optional<Advice> advice(Operator part, Operator plan, KnownStreamTable table) {
    Substitution substitution = new Substitution();
    RelNode tree = substitution.tree(part);
    return substitution
        .answered(tree, table)
        .map(answered -> {
          Advice advice = advice(tree, answered, table);
          return part.equals(plan)
              ? advice
              : new Advice(advice.streamTable(), Advice.Extent.PART, advice.replaced());
        });
  }

  private static Advice advice(RelNode before, RelNode after, KnownStreamTable table) {
    List<String> left = tables(after);
    List<String> replaced = new ArrayList<>(tables(before));
    left.forEach(replaced::remove);
    boolean alone = left.stream().allMatch(table.name().quoted()::equals);
    return new Advice(
        table.name(),
        alone ? Advice.Extent.WHOLE : Advice.Extent.PART,
        replaced.stream().distinct().sorted().toList());
  }

  private static List<String> tables(RelNode tree) {
    return RelOptUtil.findAllTables(tree).stream()
        .map(table -> String.join(".", table.getQualifiedName()).replaceAll("\\s+", " "))
        .toList();
  }

  /** The largest parts that can be compared, and those below parts that cannot. */
  private static List<Operator> parts(Operator plan) {
    List<Operator> found = new ArrayList<>();
    collect(plan, found, Optional.empty());
    return List.copyOf(found);
  }

  private static void collect(Operator operator, List<Operator> found, Optional<Operator> above) {
    boolean begins = above.map(outer -> !RelationalView.shows(outer)).orElse(true);
    // What depends on a row beside it is no query of its own.
    if (begins && FreeColumns.of(operator).isEmpty()) {
      found.add(operator);
    }
    operator.inputs().forEach(input -> collect(input, found, Optional.of(operator)));
    for (Scalar scalar : operator.scalars()) {
      for (Scalar part : scalar.withAllOperands()) {
        part.query().ifPresent(query -> collect(query, found, Optional.empty()));
      }
    }
  }
}
