package dev.pgtrickle.engine.algebra.property;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.property.FunctionalDependencies.Dependency;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a condition says of the rows for which it is true: columns that are equal determine each
 * other, those that are equal to a constant are the same in all rows. Only comparisons within one
 * type count: a timestamp can be equal to a timestamptz that another one is equal to as well.
 */
final class EqualityDependencies {
  private static final Set<String> INTEGERS = Set.of("smallint", "integer", "bigint");

  private final Map<ColumnId, Column> columns = new HashMap<>();

  EqualityDependencies(List<Column> columns) {
    columns.forEach(column -> this.columns.put(column.id(), column));
  }

  List<Dependency> of(Scalar condition) {
    List<Dependency> found = new ArrayList<>();
    for (Scalar conjunct : condition.conjuncts()) {
      Scalar bare = conjunct.bare();
      if (bare.form() == Form.INFIX && bare.operator().equals("=")) {
        add(bare.operands().getFirst().bare(), bare.operands().getLast().bare(), found);
      }
    }
    return found;
  }

  private void add(Scalar left, Scalar right, List<Dependency> found) {
    Optional<Column> one = left.asColumn().map(columns::get);
    Optional<Column> other = right.asColumn().map(columns::get);
    if (one.isPresent() && other.isPresent()) {
      if (comparable(one.get(), other.get())) {
        found.add(new Dependency(Set.of(one.get().id()), Set.of(other.get().id())));
        found.add(new Dependency(Set.of(other.get().id()), Set.of(one.get().id())));
      }
    } else if (one.isPresent() && constantOf(right, one.get())) {
      found.add(new Dependency(Set.of(), Set.of(one.get().id())));
    } else if (other.isPresent() && constantOf(left, other.get())) {
      found.add(new Dependency(Set.of(), Set.of(other.get().id())));
    }
  }

  private static boolean comparable(Column one, Column other) {
    if (one.type().isUndetermined() || other.type().isUndetermined()) {
      return false;
    }
    boolean integers =
        INTEGERS.contains(one.type().text()) && INTEGERS.contains(other.type().text());
    boolean same =
        one.type().oid() == other.type().oid()
            && one.type().collation().equals(other.type().collation());
    return integers || same;
  }

  private static boolean constantOf(Scalar scalar, Column column) {
    return switch (scalar.form()) {
      case CONSTANT ->
          INTEGERS.contains(column.type().text()) && scalar.render(id -> "").matches("[0-9]{1,9}");
      case CAST ->
          plainType(scalar.operator()).equals(column.type().text())
              && scalar.operands().getFirst().bare().form() == Form.CONSTANT;
      default -> false;
    };
  }

  /** Types of pg_catalog that are no key words stand in quotes. */
  private static String plainType(String type) {
    return type.startsWith("\"") && !type.contains(".")
        ? type.substring(1, type.length() - 1)
        : type;
  }
}
