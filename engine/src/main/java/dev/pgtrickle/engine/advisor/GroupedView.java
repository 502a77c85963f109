package dev.pgtrickle.engine.advisor;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Duplicates;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SetCall;
import dev.pgtrickle.engine.algebra.SortKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;

/** Groups as Calcite sees them: over columns, with aggregates that are opaque but for count(*). */
final class GroupedView {
  private final RelationalView view;
  private final RelOptCluster cluster;
  private final PostgresTypes types;

  GroupedView(RelationalView view, RelOptCluster cluster, PostgresTypes types) {
    this.view = view;
    this.cluster = cluster;
    this.types = types;
  }

  RelNode of(GroupBy group) {
    // Below the groups: their keys, then every column that an aggregate uses.
    List<Project.ComputedColumn> below = new ArrayList<>(group.keys());
    Set<ColumnId> used = new LinkedHashSet<>();
    group
        .calls()
        .forEach(call -> call.call().scalars().forEach(scalar -> used.addAll(scalar.references())));
    List<ColumnId> arguments = List.copyOf(used);
    for (ColumnId argument : arguments) {
      Column column =
          group.input().columns().stream()
              .filter(candidate -> candidate.id().equals(argument))
              .findFirst()
              .orElseThrow();
      below.add(new Project.ComputedColumn(column, Scalar.of(argument)));
    }
    RelNode input = view.project(group.input(), below);
    List<AggregateCall> calls = new ArrayList<>();
    for (GroupBy.Call call : group.calls()) {
      calls.add(call(call, group.keys().size(), arguments));
    }
    ImmutableBitSet keys = ImmutableBitSet.range(group.keys().size());
    return LogicalAggregate.create(input, List.of(), keys, List.of(keys), calls);
  }

  private AggregateCall call(GroupBy.Call call, int keys, List<ColumnId> arguments) {
    SetCall own = call.call();
    boolean rows =
        own.function().equals("\"count\"")
            && own.filter().isEmpty()
            && own.duplicates() == Duplicates.KEPT
            && isStar(own.arguments());
    if (rows) {
      RelDataType count = cluster.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
      return aggregate(SqlStdOperatorTable.COUNT, List.of(), count, call.column());
    }
    Set<ColumnId> used = new LinkedHashSet<>();
    own.scalars().forEach(scalar -> used.addAll(scalar.references()));
    List<ColumnId> places = List.copyOf(used);
    RelDataType type = types.of(call.column());
    return aggregate(
        new OpaqueAggregate(text(own, places), type),
        places.stream().map(id -> keys + arguments.indexOf(id)).toList(),
        type,
        call.column());
  }

  private static AggregateCall aggregate(
      SqlAggFunction function, List<Integer> arguments, RelDataType type, Column column) {
    return AggregateCall.create(
        function,
        false,
        false,
        false,
        List.of(),
        arguments,
        -1,
        null,
        RelCollations.EMPTY,
        type,
        "a" + column.id().number());
  }

  private static String text(SetCall call, List<ColumnId> places) {
    StringBuilder text = new StringBuilder(call.function()).append('(');
    text.append(call.duplicates() == Duplicates.REMOVED ? "DISTINCT " : "");
    text.append(text(call.arguments(), places));
    text.append(order(" ORDER BY ", call.order(), places)).append(')');
    if (!call.group().isEmpty()) {
      text.append(" WITHIN GROUP (").append(order("ORDER BY ", call.group(), places)).append(')');
    }
    call.filter()
        .ifPresent(
            filter -> text.append(" FILTER (WHERE ").append(text(filter, places)).append(')'));
    return text.toString();
  }

  /** Not an expression without columns, which could be NULL. */
  private static boolean isStar(Scalar arguments) {
    return arguments.references().isEmpty()
        && arguments.render(ColumnId::toString).strip().equals("*");
  }

  private static String order(String words, List<SortKey> keys, List<ColumnId> places) {
    StringBuilder order = new StringBuilder();
    for (SortKey key : keys) {
      order.append(order.isEmpty() ? words : ", ");
      order.append(text(key.scalar(), places)).append(key.direction());
    }
    return order.toString();
  }

  private static String text(Scalar scalar, List<ColumnId> places) {
    return scalar.render(id -> "$" + places.indexOf(id) + "$");
  }
}
