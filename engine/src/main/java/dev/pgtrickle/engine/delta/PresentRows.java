package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.ConstantRow;
import dev.pgtrickle.engine.algebra.Filter;
import dev.pgtrickle.engine.algebra.FunctionScan;
import dev.pgtrickle.engine.algebra.Indentation;
import dev.pgtrickle.engine.algebra.Join;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.QueryUnparser;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.algebra.SemiJoin;
import dev.pgtrickle.engine.algebra.Values;
import dev.pgtrickle.engine.algebra.property.IndexReach;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;

/**
 * The rows that an operator has now, as a FROM item beside changed rows: read from the tables at
 * the snapshot of the refresh, and restricted to what the changed rows meet.
 *
 * <p>PostgreSQL merges a flat query into the statement, and so finds the rows by index. Into one
 * that groups or compares whole rows it moves the condition only when that stands inside: there the
 * query is asked once for each changed row, if an index leads to the rows, and else once for all.
 */
final class PresentRows {

  private PresentRows() {}

  /** All of them. */
  static String all(Operator operator, Identifier alias) {
    return "(\n"
        + Indentation.indent(new QueryUnparser().query(operator))
        + "\n) AS "
        + alias.quoted();
  }

  /**
   * The join of what stands before it with those rows for which a condition is true.
   *
   * @param condition over the columns of the operator under the alias, and of what stands before
   * @param keys what of the operator the condition compares by {@code =}
   */
  static String joined(Operator operator, Identifier alias, String condition, List<Scalar> keys) {
    return isFlat(operator) || !IndexReach.leads(operator, keys)
        ? "\nJOIN " + all(operator, alias) + "\n  ON " + condition
        : lateral(operator, alias, condition);
  }

  /** The same, asked row by row whatever the operator is. */
  static String lateral(Operator operator, Identifier alias, String condition) {
    String query = "SELECT *\nFROM " + all(operator, alias) + "\nWHERE " + condition + "\nOFFSET 0";
    return "\nCROSS JOIN LATERAL (\n" + Indentation.indent(query) + "\n) AS " + alias.quoted();
  }

  private static boolean isFlat(Operator operator) {
    return switch (operator) {
      case Scan _, Values _, ConstantRow _, FunctionScan _ -> true;
      case Filter filter -> isFlat(filter.input());
      case Project project -> isFlat(project.input());
      case Join join ->
          join.kind() != Join.Kind.FULL && isFlat(join.left()) && isFlat(join.right());
      case SemiJoin join -> isFlat(join.left()) && isFlat(join.right());
      default -> false;
    };
  }
}
