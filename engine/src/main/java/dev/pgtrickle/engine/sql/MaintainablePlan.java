package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.NullAwareAntiJoin;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SemiJoin;
import dev.pgtrickle.engine.algebra.TopRows;
import dev.pgtrickle.engine.algebra.property.NonNullColumns;
import dev.pgtrickle.engine.algebra.rewrite.ColumnPruning;
import dev.pgtrickle.engine.algebra.rewrite.CorrelatedExistence;
import dev.pgtrickle.engine.algebra.rewrite.GroupingSetExpansion;
import dev.pgtrickle.engine.algebra.rewrite.InlinedTables;
import dev.pgtrickle.engine.algebra.rewrite.OwnRowsOnly;
import dev.pgtrickle.engine.algebra.rewrite.Refinement;
import dev.pgtrickle.engine.algebra.rewrite.UniqueNames;
import dev.pgtrickle.engine.algebra.rewrite.ValueLevels;
import dev.pgtrickle.engine.relations.TypeReader;
import dev.pgtrickle.engine.sql.compile.PlanTypes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A typed plan as the delta rules read it: refined to one answer (P10), without common tables and
 * orders, tables without their descendants, every column with a name of its own.
 */
final class MaintainablePlan {
  private final Connection connection;
  private final TypeReader types;

  MaintainablePlan(Connection connection, TypeReader types) {
    this.connection = connection;
    this.types = types;
  }

  Operator of(Operator typed) throws SQLException {
    if (RuleCoverage.isTooLarge(typed)) {
      return typed;
    }
    // What nobody reads of a common table is seen only where it is in its place, and may fail.
    Operator inlined = new ColumnPruning().apply(new InlinedTables().apply(typed));
    Operator refined = new Refinement().apply(inlined);
    Operator known =
        refined.equals(inlined) ? inlined : new PlanTypes(connection, types).typed(refined);
    return new UniqueNames()
        .apply(new OwnRowsOnly().apply(new CorrelatedExistence().apply(simplified(known))));
  }

  /**
   * The same with several groupings as one, see {@link GroupingSetExpansion}; empty where there are
   * none.
   */
  Optional<Operator> expanded(Operator maintainable) throws SQLException {
    Operator expanded = new GroupingSetExpansion().apply(maintainable);
    return expanded.equals(maintainable)
        ? Optional.empty()
        : Optional.of(new UniqueNames().apply(new PlanTypes(connection, types).typed(expanded)));
  }

  /**
   * The same with aggregates that look at values in two levels, see {@link ValueLevels}; empty
   * where there are none at the top, or no such levels.
   */
  Optional<Operator> inTwoLevels(Operator maintainable) throws SQLException {
    Operator levels = new ValueLevels().apply(maintainable);
    return levels.equals(maintainable)
        ? Optional.empty()
        : Optional.of(new UniqueNames().apply(new PlanTypes(connection, types).typed(levels)));
  }

  private static Operator simplified(Operator operator) {
    Operator inner =
        operator.withInputs(operator.inputs().stream().map(MaintainablePlan::simplified).toList());
    return switch (inner) {
      // A table has no order.
      case TopRows rows when !rows.limits() -> rows.input();
      case NullAwareAntiJoin join -> withoutNull(join).orElse(join);
      default -> inner;
    };
  }

  /** NOT IN is NOT EXISTS where neither side can be NULL. */
  private static Optional<Operator> withoutNull(NullAwareAntiJoin join) {
    if (join.right().columns().size() != 1) {
      return Optional.empty();
    }
    Column member = join.right().columns().getFirst();
    Optional<ColumnId> probe = join.probe().asColumn();
    boolean known =
        probe.filter(NonNullColumns.of(join.left())::contains).isPresent()
            && NonNullColumns.of(join.right()).contains(member.id())
            && !member.type().text().contains(".");
    return known
        ? Optional.of(
            new SemiJoin(
                SemiJoin.Kind.ANTI,
                join.left(),
                join.right(),
                Scalar.infix(Form.INFIX, Scalar.of(probe.get()), "=", Scalar.of(member.id()))))
        : Optional.empty();
  }
}
