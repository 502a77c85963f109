package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.ColumnIds;
import dev.pgtrickle.engine.algebra.Duplicates;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.GroupingClause;
import dev.pgtrickle.engine.algebra.GroupingElement;
import dev.pgtrickle.engine.algebra.Join;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.PlanRewriter;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SetCall;
import dev.pgtrickle.engine.algebra.SetOperation;
import dev.pgtrickle.engine.algebra.Values;
import dev.pgtrickle.engine.relations.ColumnType;
import dev.pgtrickle.engine.relations.Nullability;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Groups by several groupings at once as groups of one kind: every row is there once for each
 * grouping, with its number, and the keys that the grouping leaves out are NULL.
 *
 * <pre>
 * BEFORE  GroupBy(ROLLUP (a), count(*), t)
 * AFTER   GroupBy(n, CASE WHEN n IN (1) THEN a END, count(*) FILTER (WHERE real),
 *           UnionAll(Project(real: true, Join(t, Values(n: 1, 2))), Values(n: 2, real: false)))
 * </pre>
 *
 * <p>The group of all rows is there even over no rows: a row that no aggregate sees keeps it.
 */
public final class GroupingSetExpansion implements RewriteRule {
  private static final int MOST = 64;

  @Override
  public Operator apply(Operator plan) {
    Calls calls = new Calls(ColumnIds.after(plan));
    return new BottomUp(operator ->
        operator instanceof GroupBy group && !group.grouping().isPlain()
            ? expanded(group, calls)
            : operator)
        .apply(plan);
  }

  private static Operator expanded(GroupBy group, Calls calls) {
    List<Set<Integer>> sets = GroupingSets.of(group.grouping());
    if (sets.size() > MOST || !isExpandable(group)) {
      return group;
    }
    Column number = calls.column("grouping_set");
    Column real = calls.column("is_row");
    List<Column> passed = group.input().columns();
    Operator rows =
        new Join(Join.Kind.INNER, group.input(), numbers(number, all(sets)), Optional.empty());
    List<Integer> total = all(sets).stream().filter(set -> sets.get(set - 1).isEmpty()).toList();
    Map<ColumnId, Column> renamed = new HashMap<>();
    if (!total.isEmpty()) {
      List<Column> outputs = new ArrayList<>();
      for (Column column : passed) {
        outputs.add(untyped(calls.like(column)));
        renamed.put(column.id(), outputs.getLast());
      }
      Column outerNumber = calls.column("grouping_set");
      Column outerReal = calls.column("is_row");
      outputs.add(outerNumber);
      outputs.add(outerReal);
      rows =
          new SetOperation(
              SetOperation.Kind.UNION,
              Duplicates.KEPT,
              withMark(rows, passed, number, real),
              kept(passed, total, calls),
              List.copyOf(outputs));
      number = outerNumber;
      real = outerReal;
    }
    return grouped(
        group, sets, rows, number, total.isEmpty() ? Optional.empty() : Optional.of(real), renamed);
  }

  /** A set operation and CASE turn a domain into what is below it, and NULL may be none of it. */
  public static boolean hasDomains(GroupBy group) {
    return Stream.concat(
            group.input().columns().stream(),
            group.keys().stream().map(Project.ComputedColumn::column))
        .anyMatch(column -> column.type().isDomain());
  }

  /** Whether every GROUPING is of keys that are known. */
  private static boolean isExpandable(GroupBy group) {
    if (hasDomains(group)) {
      return false;
    }
    return group.calls().stream()
        .map(GroupBy.Call::call)
        .filter(GroupingSetExpansion::isMask)
        .flatMap(call -> call.arguments().operands().stream())
        .allMatch(argument -> key(argument, group).isPresent());
  }

  private static boolean isMask(SetCall call) {
    return call.function().equals("GROUPING");
  }

  private static Operator grouped(
      GroupBy group,
      List<Set<Integer>> sets,
      Operator rows,
      Column number,
      Optional<Column> real,
      Map<ColumnId, Column> renamed) {
    PlanRewriter names =
        new PlanRewriter(
            scalar -> scalar.asColumn().map(renamed::get).map(column -> Scalar.of(column.id())));
    List<Project.ComputedColumn> keys = new ArrayList<>();
    keys.add(Calls.passed(number));
    for (int index = 0; index < group.keys().size(); index++) {
      Project.ComputedColumn key = group.keys().get(index);
      keys.add(
          new Project.ComputedColumn(
              untyped(key.column()),
              inSets(
                  number,
                  numbersWith(sets, index),
                  sets.size(),
                  names.scalar(key.scalar()),
                  key.column().type())));
    }
    List<GroupBy.Call> aggregates = new ArrayList<>();
    List<Project.ComputedColumn> outputs = new ArrayList<>();
    group.keys().forEach(key -> outputs.add(Calls.passed(untyped(key.column()))));
    for (GroupBy.Call call : group.calls()) {
      if (isMask(call.call())) {
        outputs.add(
            new Project.ComputedColumn(call.column(), mask(call.call(), group, sets, number)));
      } else {
        aggregates.add(new GroupBy.Call(call.column(), seen(call.call(), names, real)));
        outputs.add(Calls.passed(call.column()));
      }
    }
    List<GroupingElement> plain =
        IntStream.range(0, keys.size())
            .<GroupingElement>mapToObj(GroupingElement.Key::new)
            .toList();
    return new Project(
        new GroupBy(
            rows, new GroupingClause(Duplicates.KEPT, plain), List.copyOf(keys), aggregates),
        List.copyOf(outputs));
  }

  /** What CASE and UNION make of its type is PostgreSQL's to say. */
  private static Column untyped(Column column) {
    return new Column(column.id(), column.name(), ColumnType.undetermined(), Nullability.NULLABLE);
  }

  private static Operator withMark(Operator rows, List<Column> passed, Column number, Column real) {
    List<Project.ComputedColumn> computed = new ArrayList<>();
    passed.forEach(column -> computed.add(Calls.passed(column)));
    computed.add(Calls.passed(number));
    computed.add(new Project.ComputedColumn(real, Scalar.constant("true")));
    return new Project(rows, List.copyOf(computed));
  }

  /** A row without values for each grouping without keys. */
  private static Operator kept(List<Column> passed, List<Integer> total, Calls calls) {
    Column number = calls.column("grouping_set");
    List<Project.ComputedColumn> computed = new ArrayList<>();
    for (Column column : passed) {
      computed.add(
          new Project.ComputedColumn(
              calls.like(column), Scalar.constant("NULL::" + column.type().text())));
    }
    computed.add(Calls.passed(number));
    computed.add(new Project.ComputedColumn(calls.column("is_row"), Scalar.constant("false")));
    return new Project(numbers(number, total), List.copyOf(computed));
  }

  private static Operator numbers(Column column, List<Integer> numbers) {
    return new Values(
        List.of(column),
        numbers.stream().map(number -> List.of(Scalar.constant(number.toString()))).toList());
  }

  private static List<Integer> all(List<Set<Integer>> sets) {
    return IntStream.rangeClosed(1, sets.size()).boxed().toList();
  }

  private static List<Integer> numbersWith(List<Set<Integer>> sets, int key) {
    return all(sets).stream().filter(number -> sets.get(number - 1).contains(key)).toList();
  }

  private static Scalar inSets(
      Column number, List<Integer> in, int count, Scalar key, ColumnType type) {
    if (in.size() == count) {
      return key;
    }
    Scalar kept =
        new Scalar(
                Form.OPAQUE,
                "",
                List.of(
                    new Scalar.Text("CASE WHEN "),
                    new Scalar.Operand(Scalar.of(number.id())),
                    new Scalar.Text(" IN (" + list(in) + ") THEN "),
                    new Scalar.Operand(key),
                    new Scalar.Text(" END")))
            .parenthesised();
    // CASE forgets the length of char(2).
    return type.modifier() < 0 ? kept : Calls.text("", kept, "::" + type.text());
  }

  private static String list(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /** The row that only keeps the group is seen by no aggregate. */
  private static SetCall seen(SetCall call, PlanRewriter names, Optional<Column> real) {
    SetCall renamed = call.with(names::scalar);
    if (real.isEmpty()) {
      return renamed;
    }
    List<Scalar> conditions = new ArrayList<>();
    conditions.add(Scalar.of(real.get().id()));
    renamed.filter().ifPresent(conditions::add);
    return new SetCall(
        renamed.function(),
        renamed.duplicates(),
        renamed.arguments(),
        renamed.order(),
        renamed.group(),
        Optional.of(Scalar.and(conditions)));
  }

  /** GROUPING(a, b): a bit for each argument, set where the grouping leaves it out. */
  private static Scalar mask(SetCall call, GroupBy group, List<Set<Integer>> sets, Column number) {
    StringBuilder cases = new StringBuilder();
    for (int set = 1; set <= sets.size(); set++) {
      int mask = 0;
      for (Scalar argument : call.arguments().operands()) {
        mask = mask * 2 + (sets.get(set - 1).contains(key(argument, group).orElseThrow()) ? 0 : 1);
      }
      cases.append(" WHEN ").append(set).append(" THEN ").append(mask);
    }
    return Calls.text("CASE ", Scalar.of(number.id()), cases + " END");
  }

  private static Optional<Integer> key(Scalar argument, GroupBy group) {
    return IntStream.range(0, group.keys().size())
        .filter(index -> isKey(argument, group.keys().get(index)))
        .boxed()
        .findFirst();
  }

  private static boolean isKey(Scalar argument, Project.ComputedColumn key) {
    return argument.asColumn().filter(key.column().id()::equals).isPresent()
        || key.scalar().bare().equals(argument.bare());
  }
}
