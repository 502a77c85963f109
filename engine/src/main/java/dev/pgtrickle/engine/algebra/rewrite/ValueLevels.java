package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnIds;
import dev.pgtrickle.engine.algebra.Duplicates;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.GroupingClause;
import dev.pgtrickle.engine.algebra.GroupingElement;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SetCall;
import dev.pgtrickle.engine.algebra.property.StoredColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Aggregates that look at the values of one expression, in two levels: first a group for each
 * value, then the groups of the query over those, in which every value is there once. Both levels
 * can be added to, and when a least or greatest value leaves, the next one is known.
 *
 * <pre>
 * BEFORE  GroupBy(k, count(DISTINCT x), min(x), sum(y), t)
 * AFTER   GroupBy(k, count(x), min(x), sum(s), GroupBy(k, x, s: sum(y), t))
 * </pre>
 *
 * <p>For groups at the top.
 */
public final class ValueLevels implements RewriteRule {
  /** What of a value that comes more often may be taken for the value that comes once. */
  private static final Set<String> OF_DISTINCT = Set.of("\"count\"", "\"sum\"", "\"avg\"");

  private static final Set<String> EXTREMES = Set.of("\"min\"", "\"max\"");

  @Override
  public Operator apply(Operator plan) {
    return top(plan, new Calls(ColumnIds.after(plan)));
  }

  private static Operator top(Operator plan, Calls calls) {
    return switch (plan) {
      case Project project -> project.withInputs(List.of(top(project.input(), calls)));
      case GroupBy group when group.grouping().isPlain() ->
          value(group).map(value -> levels(group, value, calls)).orElse(group);
      default -> plan;
    };
  }

  /** The one expression; empty where there is none, or several, or another call has no parts. */
  private static Optional<Scalar> value(GroupBy group) {
    List<SetCall> looking =
        group.calls().stream().map(GroupBy.Call::call).filter(ValueLevels::looks).toList();
    List<Scalar> values =
        looking.stream().map(call -> call.arguments().operands().getFirst()).distinct().toList();
    boolean known =
        group.calls().stream()
            .map(GroupBy.Call::call)
            .allMatch(call -> looks(call) || PartialCalls.haveParts(call));
    return known
            && values.size() == 1
            && isAskedOfAllRows(values.getFirst(), looking, group.input())
        ? Optional.of(values.getFirst())
        : Optional.empty();
  }

  /** A FILTER may keep an expression from rows for which it fails; as a key it is asked of all. */
  private static boolean isAskedOfAllRows(Scalar value, List<SetCall> looking, Operator rows) {
    return looking.stream().anyMatch(call -> call.filter().isEmpty())
        || value
            .bare()
            .asColumn()
            .filter(column -> StoredColumns.isStored(column, rows))
            .isPresent();
  }

  /** Whether groups have an aggregate of distinct values, which there is no other way to add to. */
  public static boolean haveDistinct(GroupBy group) {
    return group.calls().stream().map(GroupBy.Call::call).anyMatch(ValueLevels::isDistinct);
  }

  /** The values of which groups have the least or the greatest one. */
  public static List<Scalar> extremes(GroupBy group) {
    return group.calls().stream()
        .map(GroupBy.Call::call)
        .filter(ValueLevels::isExtremum)
        .map(call -> call.arguments().operands().getFirst())
        .distinct()
        .toList();
  }

  private static boolean looks(SetCall call) {
    return isDistinct(call) || isExtremum(call);
  }

  private static boolean isDistinct(SetCall call) {
    return call.duplicates() == Duplicates.REMOVED
        && OF_DISTINCT.contains(call.function())
        && isOfOneValue(call);
  }

  /** With a condition, the values of which a row meets it are not in the order of all. */
  private static boolean isExtremum(SetCall call) {
    return EXTREMES.contains(call.function()) && call.filter().isEmpty() && isOfOneValue(call);
  }

  private static boolean isOfOneValue(SetCall call) {
    return call.order().isEmpty()
        && call.group().isEmpty()
        && call.arguments().operands().size() == 1
        && call.arguments().pieces().size() == 1;
  }

  private static Operator levels(GroupBy group, Scalar value, Calls calls) {
    List<Project.ComputedColumn> innerKeys = new ArrayList<>();
    List<Project.ComputedColumn> outerKeys = new ArrayList<>();
    List<Project.ComputedColumn> outputs = new ArrayList<>();
    for (Project.ComputedColumn key : group.keys()) {
      Column inner = calls.like(key.column());
      innerKeys.add(new Project.ComputedColumn(inner, key.scalar()));
      outerKeys.add(new Project.ComputedColumn(key.column(), Scalar.of(inner.id())));
      outputs.add(Calls.passed(key.column()));
    }
    Column once = calls.column("value");
    innerKeys.add(new Project.ComputedColumn(once, value));
    PartialCalls parts = new PartialCalls(calls);
    for (GroupBy.Call call : group.calls()) {
      outputs.add(
          looks(call.call())
              ? Calls.passed(parts.ofValue(call, Scalar.of(once.id())))
              : parts.ofRows(call));
    }
    GroupBy inner =
        new GroupBy(group.input(), allOf(innerKeys.size()), List.copyOf(innerKeys), parts.inner());
    return new Project(
        new GroupBy(inner, group.grouping(), List.copyOf(outerKeys), parts.outer()),
        List.copyOf(outputs));
  }

  private static GroupingClause allOf(int keys) {
    return new GroupingClause(
        Duplicates.KEPT,
        IntStream.range(0, keys).<GroupingElement>mapToObj(GroupingElement.Key::new).toList());
  }
}
