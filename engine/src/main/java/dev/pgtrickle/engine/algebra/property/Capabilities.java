package dev.pgtrickle.engine.algebra.property;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.CommonTableScan;
import dev.pgtrickle.engine.algebra.ConstantRow;
import dev.pgtrickle.engine.algebra.Distinct;
import dev.pgtrickle.engine.algebra.DistinctOn;
import dev.pgtrickle.engine.algebra.Duplicates;
import dev.pgtrickle.engine.algebra.Filter;
import dev.pgtrickle.engine.algebra.FunctionScan;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.Join;
import dev.pgtrickle.engine.algebra.NullAwareAntiJoin;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.ProjectSet;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.algebra.SemiJoin;
import dev.pgtrickle.engine.algebra.SetOperation;
import dev.pgtrickle.engine.algebra.TemporalFilter;
import dev.pgtrickle.engine.algebra.TopRows;
import dev.pgtrickle.engine.algebra.Values;
import dev.pgtrickle.engine.algebra.WholeRow;
import dev.pgtrickle.engine.algebra.Window;
import dev.pgtrickle.engine.algebra.With;
import dev.pgtrickle.engine.relations.AggregateInverses;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The capability table: how each operator of a plan could follow changes, whether or not this build
 * has a rule for it. Aggregates are told by the types of their results, so the plan must have them.
 */
public final class Capabilities {
  private static final Set<String> EXTREMES = Set.of("min", "max", "bool_and", "bool_or", "every");

  private final AggregateInverses inverses;

  public Capabilities(AggregateInverses inverses) {
    this.inverses = inverses;
  }

  /** Every operator, inputs first. */
  public List<Capability> of(Operator plan) {
    List<Capability> found = new ArrayList<>();
    plan.inputs().forEach(input -> found.addAll(of(input)));
    found.add(own(plan));
    if (plan.scalars().stream().anyMatch(Scalar::hasQuery)) {
      found.add(
          new Capability(
              "a query in an expression",
              MaintenanceClass.NODE_RECOMPUTE,
              "its value may change for rows that did not"));
    }
    return List.copyOf(found);
  }

  /** The worst of all operators. */
  public MaintenanceClass worst(Operator plan) {
    return of(plan).stream()
        .map(Capability::maintenance)
        .reduce(MaintenanceClass.LINEAR, MaintenanceClass::worse);
  }

  private Capability own(Operator operator) {
    return switch (operator) {
      case Scan _, CommonTableScan _ ->
          is(operator, MaintenanceClass.LINEAR, "its changes are known");
      case ConstantRow _, Values _ -> is(operator, MaintenanceClass.LINEAR, "it never changes");
      case FunctionScan _, Filter _, Project _, ProjectSet _, WholeRow _ ->
          is(operator, MaintenanceClass.LINEAR, "each changed row by itself");
      case TemporalFilter filter ->
          is(filter, MaintenanceClass.FULL, "rows come and go with time: it has no rule yet");
      case Join join ->
          join.kind() == Join.Kind.INNER
              ? is(join, MaintenanceClass.BILINEAR, "changed rows meet the other side")
              : is(join, MaintenanceClass.COUNTED, "the first and the last match change the rest");
      case SemiJoin join ->
          is(join, MaintenanceClass.COUNTED, "the first and the last match decide");
      case NullAwareAntiJoin join ->
          is(join, MaintenanceClass.NODE_RECOMPUTE, "one NULL in it empties the result");
      case Aggregate aggregate ->
          is(aggregate, MaintenanceClass.ALGEBRAIC, "counts and sums follow signed rows");
      case GroupBy group -> group(group);
      case Window window -> window(window);
      case Distinct distinct -> is(distinct, MaintenanceClass.COUNTED, "copies are counted");
      case DistinctOn distinct ->
          is(distinct, MaintenanceClass.BOUNDED_RESCAN, "the next row of a key takes over");
      case TopRows rows ->
          rows.limits()
              ? is(rows, MaintenanceClass.BOUNDED_RESCAN, "the next row takes over")
              : is(rows, MaintenanceClass.LINEAR, "a table has no order");
      case SetOperation operation -> set(operation);
      case With with -> with(with);
    };
  }

  private static Capability set(SetOperation operation) {
    boolean bag =
        operation.kind() == SetOperation.Kind.UNION && operation.duplicates() == Duplicates.KEPT;
    return bag
        ? is(operation, MaintenanceClass.LINEAR, "each changed row by itself")
        : is(operation, MaintenanceClass.COUNTED, "copies on both sides are counted");
  }

  private static Capability with(With with) {
    boolean recursive =
        with.tables().stream().anyMatch(table -> table.recursion() == With.Recursion.RECURSIVE);
    return recursive
        ? is(with, MaintenanceClass.NODE_RECOMPUTE, "a deletion may end any chain")
        : is(with, MaintenanceClass.LINEAR, "a table that is shared");
  }

  private static Capability window(Window window) {
    boolean whole = window.calls().stream().anyMatch(call -> call.partition().isEmpty());
    return whole
        ? is(window, MaintenanceClass.FULL, "without PARTITION BY the partition is everything")
        : is(window, MaintenanceClass.PARTITION_RECOMPUTE, "any row may move all others");
  }

  private Capability group(GroupBy group) {
    MaintenanceClass worst = MaintenanceClass.ALGEBRAIC;
    String reason = "its state follows signed rows";
    for (GroupBy.Call call : group.calls()) {
      MaintenanceClass own = call(call);
      if (own.compareTo(worst) > 0) {
        worst = own;
        reason = "because of " + call.call().function();
      }
    }
    return is(group, worst, reason);
  }

  private MaintenanceClass call(GroupBy.Call call) {
    String name = plainName(call.call().function());
    if (EXTREMES.contains(name)) {
      return MaintenanceClass.EXTREMUM;
    }
    boolean plain = call.call().order().isEmpty() && call.call().group().isEmpty();
    boolean grouping = name.equals("GROUPING");
    return grouping || (plain && inverses.invertible(name, call.column().type()))
        ? MaintenanceClass.ALGEBRAIC
        : MaintenanceClass.GROUP_RECOMPUTE;
  }

  /** The name of a function of pg_catalog, which stands in quotes and without a schema. */
  private static String plainName(String function) {
    boolean quoted = function.startsWith("\"") && !function.contains(".");
    return quoted ? function.substring(1, function.length() - 1) : function;
  }

  private static Capability is(Operator operator, MaintenanceClass maintenance, String reason) {
    return new Capability(operator.title(), maintenance, reason);
  }
}
