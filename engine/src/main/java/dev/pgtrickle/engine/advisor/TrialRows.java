package dev.pgtrickle.engine.advisor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Calc;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.sql.SqlKind;

/** The rows that a tree has in a made-up world. */
final class TrialRows {
  private static final int MOST_STEPS = 60_000;

  private final TrialWorld world;
  private final TrialExpressions expressions;
  private final Map<String, List<List<Long>>> known;
  private int steps;

  /**
   * Rows of one world.
   *
   * @param known tables that are not made up
   */
  TrialRows(TrialWorld world, Map<String, List<List<Long>>> known) {
    this.world = world;
    this.expressions = new TrialExpressions(world);
    this.known = Map.copyOf(known);
  }

  List<List<Long>> of(RelNode node) {
    List<List<Long>> rows =
        switch (node) {
          case TableScan scan -> table(scan);
          case Project project -> projected(of(project.getInput()), project.getProjects());
          case Filter filter -> filtered(of(filter.getInput()), filter.getCondition());
          case Calc calc -> calculated(of(calc.getInput()), calc.getProgram());
          case Join join -> joined(join);
          case Aggregate aggregate -> grouped(aggregate);
          case Union union -> united(union);
          case Values values when values.tuples.isEmpty() -> List.of();
          default -> throw new Unproven("a node of another kind: " + node);
        };
    spend(rows.size());
    return rows;
  }

  private void spend(int more) {
    steps += more;
    if (steps > MOST_STEPS) {
      throw new Unproven("too many rows");
    }
  }

  private List<List<Long>> table(TableScan scan) {
    String name = scan.getTable().getQualifiedName().getFirst();
    List<TrialWorld.Kind> kinds =
        scan.getRowType().getFieldList().stream()
            .map(field -> TrialExpressions.kind(field.getType()))
            .toList();
    List<List<Long>> given = known.get(name);
    return given == null ? world.table(name, kinds) : given;
  }

  private List<List<Long>> projected(List<List<Long>> rows, List<RexNode> outputs) {
    return rows.stream()
        .map(row -> outputs.stream().map(output -> expressions.value(output, row)).toList())
        .toList();
  }

  private List<List<Long>> filtered(List<List<Long>> rows, RexNode condition) {
    return rows.stream().filter(row -> expressions.holds(condition, row)).toList();
  }

  private List<List<Long>> calculated(List<List<Long>> rows, RexProgram program) {
    List<List<Long>> left =
        program.getCondition() == null
            ? rows
            : filtered(rows, program.expandLocalRef(program.getCondition()));
    return projected(left, program.getProjectList().stream().map(program::expandLocalRef).toList());
  }

  private List<List<Long>> joined(Join join) {
    List<List<Long>> left = of(join.getLeft());
    List<List<Long>> right = of(join.getRight());
    if (!join.getJoinType().projectsRight()) {
      throw new Unproven("a join that we did not write: " + join);
    }
    spend(left.size() * right.size());
    List<List<Long>> found = new ArrayList<>();
    Set<Integer> met = new HashSet<>();
    for (List<Long> row : left) {
      int before = found.size();
      for (int index = 0; index < right.size(); index++) {
        List<Long> both = both(row, right.get(index));
        if (expressions.holds(join.getCondition(), both)) {
          found.add(both);
          met.add(index);
        }
      }
      if (found.size() == before && join.getJoinType().generatesNullsOnRight()) {
        found.add(both(row, nothing(join.getRight())));
      }
    }
    if (join.getJoinType().generatesNullsOnLeft()) {
      for (int index = 0; index < right.size(); index++) {
        if (!met.contains(index)) {
          found.add(both(nothing(join.getLeft()), right.get(index)));
        }
      }
    }
    return found;
  }

  private static List<Long> both(List<Long> left, List<Long> right) {
    return Stream.concat(left.stream(), right.stream()).toList();
  }

  private static List<Long> nothing(RelNode side) {
    return Stream.generate(() -> TrialWorld.NULL).limit(side.getRowType().getFieldCount()).toList();
  }

  private List<List<Long>> grouped(Aggregate aggregate) {
    if (!Aggregate.isSimple(aggregate)) {
      throw new Unproven("grouping sets, which we did not write: " + aggregate);
    }
    List<Integer> keys = aggregate.getGroupSet().asList();
    Map<List<Long>, List<List<Long>>> groups = new LinkedHashMap<>();
    if (keys.isEmpty()) {
      groups.put(List.of(), new ArrayList<>());
    }
    for (List<Long> row : of(aggregate.getInput())) {
      groups.computeIfAbsent(keys.stream().map(row::get).toList(), _ -> new ArrayList<>()).add(row);
    }
    return groups.entrySet().stream()
        .map(group ->
            both(
                group.getKey(),
                aggregate.getAggCallList().stream()
                    .map(call -> summary(call, group.getValue()))
                    .toList()))
        .toList();
  }

  private long summary(AggregateCall call, List<List<Long>> rows) {
    if (call.hasFilter() || call.isDistinct()) {
      throw new Unproven("an aggregate that we did not write: " + call);
    }
    if (call.getAggregation() instanceof OpaqueAggregate opaque) {
      // The same for every order of the rows, as our refined aggregates are.
      List<Long> digests = new ArrayList<>();
      for (List<Long> row : rows) {
        long digest = 0;
        for (int argument : call.getArgList()) {
          digest = TrialWorld.mixed(digest, row.get(argument));
        }
        digests.add(digest);
      }
      boolean truth = TrialExpressions.kind(call.getType()) == TrialWorld.Kind.TRUTH;
      return world.answer(
          opaque.getName(),
          digests.stream().sorted().toList(),
          truth ? TrialWorld.Kind.TRUTH : TrialWorld.Kind.SUMMARY);
    }
    if (call.getAggregation().getKind() == SqlKind.COUNT && call.getArgList().isEmpty()) {
      return rows.size();
    }
    if (call.getAggregation().getKind() == SqlKind.SUM0) {
      int argument = call.getArgList().getFirst();
      return rows.stream()
          .map(row -> row.get(argument))
          .filter(value -> value != TrialWorld.NULL)
          .mapToLong(Long::longValue)
          .sum();
    }
    throw new Unproven("an aggregate that we did not write: " + call);
  }

  private List<List<Long>> united(Union union) {
    List<List<Long>> rows = new ArrayList<>();
    union.getInputs().forEach(input -> rows.addAll(of(input)));
    Collection<List<Long>> kept = union.all ? rows : new HashSet<>(rows);
    return List.copyOf(kept);
  }
}
