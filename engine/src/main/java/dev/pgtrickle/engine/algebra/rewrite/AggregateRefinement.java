package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Duplicates;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.GroupingElement;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SetCall;
import dev.pgtrickle.engine.algebra.SortKey;
import dev.pgtrickle.engine.algebra.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the aggregates of groups functions of the bag of their rows (P10).
 *
 * <pre>
 * BEFORE  array_agg(x)                     min(x)
 * AFTER   array_agg(x ORDER BY x::text)    (array_agg(x::text ORDER BY x, x::text))[1]::numeric
 *
 * BEFORE  GroupBy(sum(DISTINCT x), t)
 * AFTER   GroupBy(sum(DISTINCT y), Window(y: the least image of the x that are equal, t))
 * </pre>
 */
final class AggregateRefinement {
  private final Calls calls;
  private final TieBreakers ties = new TieBreakers();

  AggregateRefinement(Calls calls) {
    this.calls = calls;
  }

  Operator of(GroupBy group) {
    List<Column> columns = group.input().columns();
    boolean representable = isPlain(group);
    List<Window.Call> representatives = new ArrayList<>();
    List<GroupBy.Call> aggregates = new ArrayList<>();
    Map<Column, Scalar> shown = new HashMap<>();
    for (GroupBy.Call call : group.calls()) {
      SetCall own = call.call();
      if (OrderSensitivity.isAmbiguousExtreme(own, call.column(), columns)) {
        Column images = calls.column("images");
        aggregates.add(new GroupBy.Call(images, images(own, columns)));
        shown.put(
            call.column(),
            ImageText.value(Calls.text("(", Scalar.of(images.id()), ")[1]"), call.column().type()));
      } else {
        if (representable && OrderSensitivity.takesOneOfEqual(own, columns)) {
          own = ofRepresentatives(own, group, representatives);
        }
        aggregates.add(new GroupBy.Call(call.column(), ordered(own, call.column(), columns)));
      }
    }
    Operator input =
        representatives.isEmpty()
            ? group.input()
            : new Window(group.input(), List.copyOf(representatives));
    Operator refined = new GroupBy(input, group.grouping(), group.keys(), List.copyOf(aggregates));
    return shown.isEmpty() ? refined : shown(group, refined, shown);
  }

  /** With grouping sets a row belongs to several groups, which need not share a representative. */
  static boolean isPlain(GroupBy group) {
    return group.grouping().elements().stream().allMatch(GroupingElement.Key.class::isInstance);
  }

  private static Operator shown(GroupBy group, Operator refined, Map<Column, Scalar> shown) {
    return new Project(
        refined,
        group.columns().stream()
            .map(column ->
                new Project.ComputedColumn(
                    column, shown.getOrDefault(column, Scalar.of(column.id()))))
            .toList());
  }

  /** The images of the values, the wanted one first. */
  private SetCall images(SetCall extreme, List<Column> columns) {
    Scalar value = extreme.arguments().operands().getFirst();
    Scalar image = ImageText.of(value, columns);
    String direction = extreme.function().equals("\"min\"") ? "" : " DESC NULLS LAST";
    return new SetCall(
        "\"array_agg\"",
        Duplicates.KEPT,
        Calls.arguments(image),
        List.of(new SortKey(value, direction), new SortKey(image, "")),
        List.of(),
        extreme.filter());
  }

  /** The same call over values of which equal ones look the same in their group. */
  private SetCall ofRepresentatives(
      SetCall call, GroupBy group, List<Window.Call> representatives) {
    List<Column> columns = group.input().columns();
    Map<Scalar, Scalar> replaced = new HashMap<>();
    List<Scalar> values = new ArrayList<>(call.arguments().operands());
    call.group().forEach(key -> values.add(key.scalar()));
    for (Scalar value : values) {
      if (!replaced.containsKey(value)
          && !value.references().isEmpty()
          && OrderSensitivity.mayDiffer(value, columns)) {
        Column representative = calls.column("representative");
        List<Scalar> partition =
            new ArrayList<>(group.keys().stream().map(Project.ComputedColumn::scalar).toList());
        call.filter().ifPresent(partition::add);
        partition.add(value);
        representatives.add(
            new Window.Call(
                representative,
                Calls.call("first_value", Calls.arguments(value), Optional.empty()),
                List.copyOf(partition),
                List.of(new SortKey(ImageText.of(value, columns), "")),
                Optional.empty()));
        replaced.put(value, Scalar.of(representative.id()));
      }
    }
    return new SetCall(
        call.function(),
        call.duplicates(),
        operandsReplaced(call.arguments(), replaced),
        call.order().stream()
            .map(key ->
                new SortKey(replaced.getOrDefault(key.scalar(), key.scalar()), key.direction()))
            .toList(),
        call.group().stream()
            .map(key ->
                new SortKey(replaced.getOrDefault(key.scalar(), key.scalar()), key.direction()))
            .toList(),
        call.filter());
  }

  private static Scalar operandsReplaced(Scalar arguments, Map<Scalar, Scalar> replaced) {
    return new Scalar(
        arguments.form(),
        arguments.operator(),
        arguments.pieces().stream()
            .map(piece ->
                piece instanceof Scalar.Operand operand
                    ? new Scalar.Operand(replaced.getOrDefault(operand.scalar(), operand.scalar()))
                    : piece)
            .toList());
  }

  private SetCall ordered(SetCall call, Column result, List<Column> columns) {
    if (call.function().startsWith("JSON_")) {
      return new JsonAggregates(ties).ordered(call, columns);
    }
    boolean plain = call.group().isEmpty() && !call.arguments().operands().isEmpty();
    if (!plain || !OrderSensitivity.dependsOnOrder(call, result, columns)) {
      return call;
    }
    List<Scalar> operands = call.arguments().operands();
    return new SetCall(
        call.function(),
        call.duplicates(),
        call.arguments(),
        call.duplicates() == Duplicates.KEPT
            ? ties.byImage(call.order(), operands, columns)
            : byValue(call.order(), operands),
        call.group(),
        call.filter());
  }

  /** With DISTINCT PostgreSQL sorts by the arguments only. */
  private static List<SortKey> byValue(List<SortKey> order, List<Scalar> operands) {
    List<SortKey> keys = new ArrayList<>(order);
    for (Scalar operand : operands) {
      boolean present = keys.stream().anyMatch(key -> key.scalar().equals(operand));
      if (!present && !operand.references().isEmpty()) {
        keys.add(new SortKey(operand, ""));
      }
    }
    return List.copyOf(keys);
  }
}
