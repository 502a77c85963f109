package dev.pgtrickle.engine.sql.resolve;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.ConstantRow;
import dev.pgtrickle.engine.algebra.Distinct;
import dev.pgtrickle.engine.algebra.DistinctOn;
import dev.pgtrickle.engine.algebra.Filter;
import dev.pgtrickle.engine.algebra.Join;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.ProjectSet;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SortKey;
import dev.pgtrickle.engine.algebra.Window;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.sql.tree.ColumnName;
import dev.pgtrickle.engine.sql.tree.Expression;
import dev.pgtrickle.engine.sql.tree.FromItem;
import dev.pgtrickle.engine.sql.tree.Quantifier;
import dev.pgtrickle.engine.sql.tree.Query;
import dev.pgtrickle.engine.sql.tree.Select;
import dev.pgtrickle.engine.sql.tree.SortItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One SELECT block, with the order and limit of the query that it is the body of. */
final class SelectResolver {
  private static final Identifier NAMELESS = Identifier.of("?column?");

  private final Context context;

  SelectResolver(Context context) {
    this.context = context;
  }

  Operator select(Select select, Query query, Scope scope) {
    scope.namedWindows(select.windows());
    Operator rows = from(select, scope);
    if (select.where().isPresent()) {
      rows = new Filter(rows, context.expressions().scalar(select.where().get(), scope));
    }
    scope.takeReturnsSets();
    Items items = items(select, query, scope);
    boolean returnsSets = scope.takeReturnsSets();
    if (select.group().isPresent() || items.having().isPresent() || !scope.aggregates().isEmpty()) {
      GroupResolver groups = new GroupResolver(context, scope, rows, select.group());
      items = items.above(groups);
      List<Window.Call> windows = aboveGroups(scope.windows(), groups);
      scope.windows().clear();
      scope.windows().addAll(windows);
      rows = groups.groups(scope.aggregates());
      if (items.having().isPresent()) {
        rows = new Filter(rows, items.having().get());
      }
    }
    if (!scope.windows().isEmpty()) {
      rows = new Window(rows, List.copyOf(scope.windows()));
    }
    return output(select, query, scope, rows, items, returnsSets ? Sets.SOME : Sets.NONE);
  }

  /** Whether the SELECT list holds functions that return sets. */
  private enum Sets {
    NONE,
    SOME
  }

  private Operator from(Select select, Scope scope) {
    Operator rows = null;
    for (FromItem item : select.from()) {
      Operator next = context.from().item(item, scope).operator();
      rows = rows == null ? next : new Join(Join.Kind.INNER, rows, next, Optional.empty());
    }
    return rows == null ? new ConstantRow() : rows;
  }

  /** The expressions of a block above its groups. */
  private record Items(
      List<Scalar> outputs,
      List<Identifier> names,
      Optional<Scalar> having,
      List<Scalar> distinctOn,
      List<SortKey> order) {

    Items above(GroupResolver groups) {
      return new Items(
          outputs.stream().map(groups::above).toList(),
          names,
          having.map(groups::above),
          distinctOn.stream().map(groups::above).toList(),
          SortKey.change(order, groups::above));
    }
  }

  private Items items(Select select, Query query, Scope scope) {
    List<Scalar> outputs = new ArrayList<>();
    List<Identifier> names = new ArrayList<>();
    for (Select.SelectItem item : select.items()) {
      outputs.add(context.expressions().scalar(item.expression(), scope));
      names.add(item.alias().orElseGet(() -> nameOf(item.expression())));
    }
    List<Scalar> distinctOn = new ArrayList<>();
    for (Expression expression : select.distinctOn()) {
      distinctOn.add(outputOrInput(expression, outputs, names, scope));
    }
    List<SortKey> order = new ArrayList<>();
    for (SortItem item : query.order()) {
      order.add(
          new SortKey(outputOrInput(item.expression(), outputs, names, scope), item.direction()));
    }
    return new Items(
        outputs,
        names,
        select.having().map(having -> context.expressions().scalar(having, scope)),
        distinctOn,
        order);
  }

  private static Identifier nameOf(Expression expression) {
    return expression instanceof ColumnName column ? column.path().getLast() : NAMELESS;
  }

  /** A bare name in ORDER BY means an output column before it means an input column. */
  private Scalar outputOrInput(
      Expression expression, List<Scalar> outputs, List<Identifier> names, Scope scope) {
    if (expression instanceof ColumnName name && name.path().size() == 1) {
      int index = names.indexOf(name.path().getFirst());
      if (index >= 0) {
        return outputs.get(index);
      }
    }
    return context.expressions().scalar(expression, scope);
  }

  private static List<Window.Call> aboveGroups(List<Window.Call> calls, GroupResolver groups) {
    return calls.stream()
        .map(call ->
            new Window.Call(
                call.column(),
                call.call().with(groups::above),
                call.partition().stream().map(groups::above).toList(),
                SortKey.change(call.order(), groups::above),
                call.frame().map(groups::above)))
        .toList();
  }

  private Operator output(
      Select select, Query query, Scope scope, Operator rows, Items items, Sets sets) {
    Outputs outputs = new Outputs(rows);
    for (int index = 0; index < items.outputs().size(); index++) {
      outputs.add(items.outputs().get(index), items.names().get(index));
    }
    int visible = items.outputs().size();
    List<Scalar> distinctOn = items.distinctOn().stream().map(outputs::reference).toList();
    List<SortKey> order = SortKey.change(items.order(), outputs::reference);
    Operator plan =
        sets == Sets.SOME
            ? new ProjectSet(rows, outputs.computed())
            : new Project(rows, outputs.computed());
    if (!distinctOn.isEmpty()) {
      plan = new DistinctOn(plan, distinctOn, order);
    } else if (select.quantifier() == Quantifier.DISTINCT) {
      plan = new Distinct(plan);
    }
    boolean sorted = distinctOn.isEmpty() && !order.isEmpty();
    if (sorted || !query.limit().isNone() || !query.lock().isEmpty()) {
      plan = context.queries().limited(plan, order, query, scope);
    }
    return outputs.size() == visible ? plan : outputs.first(visible, plan);
  }

  /** The columns that a block computes; those for its order alone come last. */
  private final class Outputs {
    private final List<Project.ComputedColumn> computed = new ArrayList<>();
    private final Map<Scalar, ColumnId> known = new HashMap<>();
    private final Map<ColumnId, Column> passed = new HashMap<>();

    Outputs(Operator rows) {
      rows.columns().forEach(column -> passed.put(column.id(), column));
    }

    ColumnId add(Scalar scalar, Identifier name) {
      // A column that is passed on keeps its id, the first time.
      Optional<Column> source = scalar.asColumn().map(passed::remove);
      Column column =
          source
              .map(given -> new Column(given.id(), name, given.type(), given.nullability()))
              .orElseGet(() -> context.computed(name));
      computed.add(new Project.ComputedColumn(column, scalar));
      known.putIfAbsent(scalar.bare(), column.id());
      return column.id();
    }

    Scalar reference(Scalar scalar) {
      ColumnId present = known.get(scalar.bare());
      return Scalar.of(present != null ? present : add(scalar, Identifier.of("hidden")));
    }

    List<Project.ComputedColumn> computed() {
      return List.copyOf(computed);
    }

    int size() {
      return computed.size();
    }

    Project first(int count, Operator plan) {
      return new Project(
          plan,
          computed.subList(0, count).stream()
              .map(column ->
                  new Project.ComputedColumn(column.column(), Scalar.of(column.column().id())))
              .toList());
    }
  }
}
