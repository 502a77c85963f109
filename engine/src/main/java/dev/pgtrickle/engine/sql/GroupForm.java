package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.AggregateCall;
import dev.pgtrickle.engine.algebra.AggregateFunction;
import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Fidelity;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.Grouping;
import dev.pgtrickle.engine.algebra.NameAllocator;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.PlanRewriter;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SetCall;
import dev.pgtrickle.engine.algebra.property.ColumnFidelity;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.relations.ColumnType;
import dev.pgtrickle.engine.relations.Nullability;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Groups over a projection that computes keys and arguments once: equal expressions are one column,
 * equal keys one key, equal calls one aggregate.
 */
final class GroupForm {
  private final TypeProbe types;
  private final Operator rows;
  private final GroupBy group;
  private final List<Project.ComputedColumn> items;
  private final List<Identifier> outputs;
  private final List<Obstacle> obstacles = new ArrayList<>();
  private final NameAllocator inputNames = new NameAllocator();
  private final NameAllocator callNames = new NameAllocator();
  private final Map<Scalar, Column> inputs = new LinkedHashMap<>();
  private final List<Column> keys = new ArrayList<>();
  private final Map<PlainCall, AggregateCall> calls = new LinkedHashMap<>();
  private final Map<ColumnId, Scalar> same = new HashMap<>();
  private int lastId;

  GroupForm(
      TypeProbe types,
      Operator rows,
      GroupBy group,
      List<Project.ComputedColumn> items,
      List<Identifier> outputs)
      throws SQLException {
    this.types = types;
    this.rows = rows;
    this.group = group;
    this.items = items;
    this.outputs = outputs;
    this.lastId = Math.max(LastColumn.of(group, items), LastColumn.of(rows, List.of()));
    if (!group.grouping().isPlain()) {
      obstacles.add(RuleCoverage.severalGroupings(group));
      return;
    }
    addKeys();
    addCalls();
  }

  List<Obstacle> obstacles() {
    return List.copyOf(obstacles);
  }

  /** Only where there is no obstacle. */
  Project root() {
    List<Project.ComputedColumn> computed =
        inputs.entrySet().stream()
            .map(input -> new Project.ComputedColumn(input.getValue(), input.getKey()))
            .toList();
    Aggregate aggregate =
        new Aggregate(
            new Project(rows, computed),
            group.grouping().elements().isEmpty() ? Grouping.WHOLE_INPUT : Grouping.BY_KEYS,
            List.copyOf(keys),
            List.copyOf(calls.values()));
    PlanRewriter merged = new PlanRewriter(this::merged);
    return new Project(
        aggregate,
        items.stream()
            .map(item ->
                new Project.ComputedColumn(
                    item.column(), FlatScalar.of(merged.scalar(item.scalar()))))
            .toList());
  }

  private Optional<Scalar> merged(Scalar scalar) {
    return scalar.asColumn().map(same::get);
  }

  private void addKeys() {
    for (Project.ComputedColumn key : group.keys()) {
      Column given = key.column();
      if (ColumnFidelity.of(given) != Fidelity.VALUE) {
        obstacles.add(
            Obstacle.of(
                "GROUP BY over type %s, equal values of which can look different,"
                    .formatted(given.type().text()),
                "group by a form whose equal values are the same, for example its text"));
      }
      Column column = input(FlatScalar.standingAlone(key.scalar()), given, keyName(given.id()));
      if (keys.contains(column)) {
        same.put(given.id(), Scalar.of(column.id()));
      } else {
        keys.add(column);
        callNames.allocate(column.name().name());
      }
    }
  }

  /** A key has the name under which it is put out, where it is. */
  private String keyName(ColumnId key) {
    for (int index = 0; index < items.size(); index++) {
      if (items.get(index).scalar().asColumn().filter(key::equals).isPresent()) {
        return outputs.get(index).name();
      }
    }
    return "key";
  }

  private void addCalls() throws SQLException {
    List<PlainCall> plain = new ArrayList<>();
    for (GroupBy.Call call : group.calls()) {
      switch (PlainCall.of(call.call())) {
        case PlainCall.Outcome.Misses misses ->
            obstacles.add(new SumTypes().refined(call).orElse(misses.obstacle()));
        case PlainCall.Outcome.Fits fits -> plain.add(fits.call());
      }
    }
    if (!obstacles.isEmpty()) {
      return;
    }
    List<Scalar> arguments =
        plain.stream().flatMap(call -> call.argument().stream()).distinct().toList();
    List<ColumnType> argumentTypes = types.types(arguments, rows);
    Decimals decimals = new Decimals(rows.columns());
    for (int index = 0; index < plain.size(); index++) {
      PlainCall call = plain.get(index);
      SetCall written = group.calls().get(index).call();
      Column result = group.calls().get(index).column();
      AggregateCall known = calls.get(call);
      if (known == null) {
        Optional<Column> argument =
            call.argument()
                .map(scalar ->
                    argument(
                        scalar,
                        decimals.ofArgument(
                            written, argumentTypes.get(arguments.indexOf(scalar)))));
        aggregate(call, result, argument).ifPresent(made -> calls.put(call, made));
      } else {
        same.put(result.id(), Scalar.of(known.column().id()));
      }
    }
  }

  private Optional<AggregateCall> aggregate(
      PlainCall call, Column result, Optional<Column> argument) throws SQLException {
    Optional<Obstacle> obstacle =
        argument.flatMap(column -> new StateTypes().obstacle(call.function(), column.type()));
    if (obstacle.isPresent()) {
      obstacles.add(obstacle.get());
      return Optional.empty();
    }
    boolean counts =
        call.function() == AggregateFunction.COUNT_ROWS
            || call.function() == AggregateFunction.COUNT_VALUES;
    Column column =
        new Column(
            result.id(),
            callNames.allocate(call.function().sqlName()),
            type(call.function(), result, argument),
            counts ? Nullability.NOT_NULL : Nullability.NULLABLE);
    return Optional.of(new AggregateCall(column, call.function(), argument));
  }

  private ColumnType type(AggregateFunction function, Column result, Optional<Column> argument)
      throws SQLException {
    return switch (function) {
      case COUNT_ROWS, COUNT_VALUES -> types.plain(SumTypes.BIGINT);
      case SUM -> types.plain(SumTypes.resultOf(argument.orElseThrow().type()));
      case AVERAGE -> types.plain(SumTypes.NUMERIC);
      case LEAST, GREATEST, ALL_TRUE, ANY_TRUE, BITS -> result.type();
    };
  }

  private Column argument(Scalar scalar, ColumnType type) {
    lastId++;
    return input(
        scalar,
        new Column(
            new ColumnId(lastId),
            Identifier.of("argument"),
            type,
            passed(scalar).map(Column::nullability).orElse(Nullability.NULLABLE)),
        "argument");
  }

  private Column input(Scalar scalar, Column given, String wish) {
    Column present = inputs.get(scalar);
    if (present != null) {
      return present;
    }
    String name = passed(scalar).map(source -> source.name().name()).orElse(wish);
    Column column =
        new Column(given.id(), inputNames.allocate(name), given.type(), given.nullability());
    inputs.put(scalar, column);
    return column;
  }

  private Optional<Column> passed(Scalar scalar) {
    return scalar
        .asColumn()
        .flatMap(
            id -> rows.columns().stream().filter(column -> column.id().equals(id)).findFirst());
  }
}
