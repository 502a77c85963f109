package dev.pgtrickle.engine.algebra.property;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Filter;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.Join;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SemiJoin;
import dev.pgtrickle.engine.algebra.SetOperation;
import dev.pgtrickle.engine.algebra.TemporalFilter;
import dev.pgtrickle.engine.algebra.With;
import dev.pgtrickle.engine.relations.Nullability;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Property: the columns of an operator that are never NULL, by the constraints of their tables, by
 * the conditions above them, and by what expressions can give.
 */
public final class NonNullColumns {
  private static final Set<String> COUNTS =
      Set.of("\"count\"", "\"row_number\"", "\"rank\"", "\"dense_rank\"", "GROUPING");

  /** These know an answer for NULL as well; IS JSON and its like do not. */
  private static final Set<String> TESTS =
      Set.of(
          "IS NULL",
          "IS NOT NULL",
          "IS TRUE",
          "IS NOT TRUE",
          "IS FALSE",
          "IS NOT FALSE",
          "IS UNKNOWN",
          "IS NOT UNKNOWN");

  private NonNullColumns() {}

  public static Set<ColumnId> of(Operator operator) {
    Set<ColumnId> found = new HashSet<>(below(operator));
    if (!(operator instanceof SetOperation)) {
      // What a column's maker knew holds until an outer join extends it, which makes new facts.
      operator.columns().stream()
          .filter(column -> column.nullability() == Nullability.NOT_NULL)
          .map(Column::id)
          .forEach(found::add);
    }
    Set<ColumnId> own = new HashSet<>();
    operator.columns().forEach(column -> own.add(column.id()));
    found.retainAll(own);
    return found;
  }

  private static Set<ColumnId> below(Operator operator) {
    return switch (operator) {
      case Filter filter ->
          with(of(filter.input()), NullRejection.notNullWhereTrue(filter.predicate()));
      case TemporalFilter filter ->
          with(of(filter.input()), NullRejection.notNullWhereTrue(filter.predicate()));
      case Join join -> join(join);
      case SemiJoin join ->
          join.kind() == SemiJoin.Kind.SEMI
              ? with(of(join.left()), NullRejection.notNullWhereTrue(join.condition()))
              : of(join.left());
      case Project project -> computed(project.computed(), of(project.input()));
      case GroupBy group -> group(group);
      case SetOperation operation -> set(operation);
      case With with -> of(with.body());
      default -> {
        // Every other operator passes rows of its first input on, or makes its columns itself.
        Set<ColumnId> passed = new HashSet<>();
        operator.inputs().stream().limit(1).forEach(input -> passed.addAll(of(input)));
        yield passed;
      }
    };
  }

  private static Set<ColumnId> join(Join join) {
    Set<ColumnId> found = new HashSet<>();
    if (!join.kind().extendsLeft()) {
      found.addAll(of(join.left()));
    }
    if (!join.kind().extendsRight()) {
      found.addAll(of(join.right()));
    }
    if (join.kind() == Join.Kind.INNER) {
      join.condition().map(NullRejection::notNullWhereTrue).ifPresent(found::addAll);
    }
    return found;
  }

  private static Set<ColumnId> group(GroupBy group) {
    Set<ColumnId> found =
        group.grouping().isPlain() ? computed(group.keys(), of(group.input())) : new HashSet<>();
    for (GroupBy.Call call : group.calls()) {
      if (COUNTS.contains(call.call().function())) {
        found.add(call.column().id());
      }
    }
    return found;
  }

  private static Set<ColumnId> set(SetOperation operation) {
    Set<ColumnId> left = of(operation.left());
    Set<ColumnId> right = of(operation.right());
    Set<ColumnId> found = new HashSet<>();
    for (int index = 0; index < operation.columns().size(); index++) {
      boolean inLeft = left.contains(operation.left().columns().get(index).id());
      boolean inRight = right.contains(operation.right().columns().get(index).id());
      boolean never =
          switch (operation.kind()) {
            case UNION -> inLeft && inRight;
            case INTERSECT -> inLeft || inRight;
            case EXCEPT -> inLeft;
          };
      if (never) {
        found.add(operation.columns().get(index).id());
      }
    }
    return found;
  }

  private static Set<ColumnId> computed(
      List<Project.ComputedColumn> computed, Set<ColumnId> known) {
    Set<ColumnId> found = new HashSet<>();
    for (Project.ComputedColumn column : computed) {
      if (never(column.scalar(), known)) {
        found.add(column.column().id());
      }
    }
    return found;
  }

  private static boolean never(Scalar scalar, Set<ColumnId> known) {
    Scalar bare = scalar.bare();
    Optional<ColumnId> column = bare.asColumn();
    return switch (bare.form()) {
      case COLUMN -> column.filter(known::contains).isPresent();
      case CONSTANT -> !bare.render(id -> "").equalsIgnoreCase("NULL");
      case CAST ->
          !bare.operator().contains(".")
              && bare.operands().getFirst().bare().form() == Form.CONSTANT
              && never(bare.operands().getFirst(), known);
      case TEST -> TESTS.contains(bare.operator());
      case DISTINCT_FROM, EXISTS -> true;
      case SPECIAL_FUNCTION ->
          bare.operator().equals("COALESCE")
              && bare.operands().stream().anyMatch(operand -> never(operand, known));
      case AND, OR, NOT -> bare.operands().stream().allMatch(operand -> never(operand, known));
      default -> false;
    };
  }

  private static Set<ColumnId> with(Set<ColumnId> known, Set<ColumnId> more) {
    Set<ColumnId> all = new HashSet<>(known);
    all.addAll(more);
    return all;
  }
}
