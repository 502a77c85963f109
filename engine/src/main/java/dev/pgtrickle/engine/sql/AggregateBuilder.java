package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.AggregateCall;
import dev.pgtrickle.engine.algebra.AggregateFunction;
import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.ColumnIds;
import dev.pgtrickle.engine.algebra.NameAllocator;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.relations.ColumnFacts;
import dev.pgtrickle.engine.relations.ColumnType;
import dev.pgtrickle.engine.relations.Equality;
import dev.pgtrickle.engine.relations.Nullability;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds an aggregate over a projection that computes its keys and arguments once: equal
 * expressions are one column.
 */
final class AggregateBuilder {
  private final Refusals refusals;
  private final ColumnIds ids;
  private final Operator rows;
  private final BoundQuery query;
  private final List<ColumnFacts> outputs;
  private final TypeProbe types;
  private final NameAllocator inputNames = new NameAllocator();
  private final NameAllocator callNames = new NameAllocator();
  private final Map<Scalar, Column> inputs = new LinkedHashMap<>();
  private final List<Column> keys = new ArrayList<>();
  private final Map<CallIdentity, AggregateCall> calls = new LinkedHashMap<>();

  /** Two calls of the same function over the same expression are one. */
  private record CallIdentity(AggregateFunction function, Optional<Scalar> argument) {}

  AggregateBuilder(
      TypeProbe types,
      Refusals refusals,
      ColumnIds ids,
      Operator rows,
      BoundQuery query,
      List<ColumnFacts> outputs)
      throws SQLException {
    this.types = types;
    this.refusals = refusals;
    this.ids = ids;
    this.rows = rows;
    this.query = query;
    this.outputs = outputs;
    addKeys();
    addCalls();
  }

  Aggregate aggregate() {
    List<Project.ComputedColumn> computed =
        inputs.entrySet().stream()
            .map(input -> new Project.ComputedColumn(input.getValue(), input.getKey()))
            .toList();
    return new Aggregate(
        new Project(rows, computed),
        query.grouping().orElseThrow(),
        List.copyOf(keys),
        List.copyOf(calls.values()));
  }

  /** The output expressions over keys and calls. */
  List<Scalar> outputScalars() {
    return query.items().stream().map(item -> ScalarWriter.write(item, this::reference)).toList();
  }

  private void addKeys() throws SQLException {
    List<Scalar> scalars =
        query.keys().stream().map(key -> ScalarWriter.write(key, this::reference)).toList();
    List<ColumnType> keyTypes = types.types(scalars, rows);
    for (int index = 0; index < scalars.size(); index++) {
      ColumnType type = keyTypes.get(index);
      if (type.equality() != Equality.IDENTITY) {
        throw refusals.unsupported(
            "GROUP BY over type %s is not maintained incrementally: equal values of it can look different"
                .formatted(type.text()),
            "group by a form whose equal values are the same, for example its text");
      }
      Column key = input(scalars.get(index), type, keyName(index));
      keys.add(key);
      callNames.allocate(key.name().name());
    }
  }

  /** A key has the name under which it is put out, where it is. */
  private String keyName(int key) {
    for (int index = 0; index < query.items().size(); index++) {
      List<BoundElement> item = query.items().get(index);
      if (item.size() == 1
          && item.getFirst() instanceof BoundElement.Key shown
          && shown.index() == key) {
        return outputs.get(index).name().name();
      }
    }
    return "key";
  }

  private void addCalls() throws SQLException {
    List<BoundElement.Call> found =
        query.items().stream()
            .flatMap(List::stream)
            .filter(BoundElement.Call.class::isInstance)
            .map(BoundElement.Call.class::cast)
            .toList();
    List<Scalar> arguments =
        found.stream().flatMap(call -> argument(call).stream()).distinct().toList();
    List<ColumnType> argumentTypes = types.types(arguments, rows);
    for (BoundElement.Call call : found) {
      Optional<Scalar> argument = argument(call);
      CallIdentity identity = new CallIdentity(call.function(), argument);
      if (!calls.containsKey(identity)) {
        Optional<Column> column =
            argument.map(
                scalar -> input(scalar, argumentTypes.get(arguments.indexOf(scalar)), "argument"));
        calls.put(identity, call(call.function(), column));
      }
    }
  }

  private AggregateCall call(AggregateFunction function, Optional<Column> argument)
      throws SQLException {
    ColumnType type =
        switch (function) {
          case COUNT_ROWS, COUNT_VALUES -> types.plain(SumTypes.BIGINT);
          case SUM -> types.plain(new SumTypes(refusals).resultOf(argument.orElseThrow().type()));
        };
    Nullability nullability =
        function == AggregateFunction.SUM ? Nullability.NULLABLE : Nullability.NOT_NULL;
    String name = function == AggregateFunction.SUM ? "sum" : "count";
    return new AggregateCall(
        new Column(ids.next(), callNames.allocate(name), type, nullability), function, argument);
  }

  private Column input(Scalar scalar, ColumnType type, String wish) {
    Column present = inputs.get(scalar);
    if (present != null) {
      return present;
    }
    Optional<Column> passed = scalar.asColumn().flatMap(this::rowColumn);
    Column column =
        new Column(
            passed.map(Column::id).orElseGet(ids::next),
            inputNames.allocate(passed.map(source -> source.name().name()).orElse(wish)),
            type,
            passed.map(Column::nullability).orElse(Nullability.NULLABLE));
    inputs.put(scalar, column);
    return column;
  }

  private Optional<Column> rowColumn(ColumnId id) {
    return rows.columns().stream().filter(column -> column.id().equals(id)).findFirst();
  }

  private Optional<Scalar> argument(BoundElement.Call call) {
    return call.argument().map(elements -> ScalarWriter.write(elements, this::reference));
  }

  private ColumnId reference(BoundElement element) {
    return switch (element) {
      case BoundElement.Column column -> column.id();
      case BoundElement.Key key -> keys.get(key.index()).id();
      case BoundElement.Call call -> called(call).column().id();
      case BoundElement.Word word -> throw new IllegalStateException("no reference: " + word);
    };
  }

  private AggregateCall called(BoundElement.Call call) {
    AggregateCall found = calls.get(new CallIdentity(call.function(), argument(call)));
    if (found == null) {
      throw new IllegalStateException("the aggregate was not collected");
    }
    return found;
  }
}
