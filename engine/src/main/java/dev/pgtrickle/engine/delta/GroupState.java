package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.AggregateCall;
import dev.pgtrickle.engine.algebra.AggregateFunction;
import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Unparser;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is stored for a group so that its aggregates can follow signed changes exactly: the number
 * of its rows, and for every argument the number of its values, the sum of the finite ones, the
 * number of NaN and of true ones. All of it can be added to and taken from without loss. The least
 * and the greatest value can only be added to, see {@link StateColumn.Extremum}.
 */
public class GroupState {
  private static final long SMALLINT = 21;
  private static final long INTEGER = 23;
  private static final long NUMERIC = 1700;
  private static final String WEIGHT = Unparser.inputColumn(HiddenColumns.WEIGHT);

  private final Aggregate aggregate;
  private final Map<ColumnId, Integer> arguments = new LinkedHashMap<>();

  public GroupState(Aggregate aggregate) {
    this.aggregate = aggregate;
    for (AggregateCall call : aggregate.calls()) {
      call.argument()
          .ifPresent(argument -> arguments.putIfAbsent(argument.id(), arguments.size() + 1));
    }
  }

  /** The columns, that of the row count first. They are computed FROM a table named input. */
  public List<StateColumn> columns() {
    List<StateColumn> columns = new ArrayList<>();
    columns.add(
        new StateColumn.Sum(
            HiddenColumns.COUNT, "bigint", "count(*)", "coalesce(sum(" + WEIGHT + "), 0)"));
    for (ColumnId id : arguments.keySet()) {
      Column argument = argument(id);
      columns.add(valueCount(argument));
      if (isSummed(id)) {
        columns.addAll(sums(argument));
      }
      for (AggregateFunction function : functions(id)) {
        own(function, argument).ifPresent(columns::add);
      }
    }
    return columns;
  }

  /** The value that PostgreSQL's aggregate has, from the state. */
  public String result(AggregateCall call) {
    return switch (call.function()) {
      case COUNT_ROWS -> HiddenColumns.COUNT.quoted();
      case COUNT_VALUES -> HiddenColumns.values(number(call)).quoted();
      case SUM -> sumResult(call);
      case AVERAGE -> averageResult(call);
      case LEAST -> HiddenColumns.least(number(call)).quoted();
      case GREATEST -> HiddenColumns.greatest(number(call)).quoted();
      case ALL_TRUE ->
          whereThereAreValues(
              call,
              HiddenColumns.trues(number(call)).quoted()
                  + " = "
                  + HiddenColumns.values(number(call)).quoted());
      case ANY_TRUE ->
          whereThereAreValues(call, HiddenColumns.trues(number(call)).quoted() + " > 0");
      case BITS -> whereThereAreValues(call, HiddenColumns.bits(number(call)).quoted());
    };
  }

  /** What a function keeps of its argument beside the number of values. */
  private Optional<StateColumn> own(AggregateFunction function, Column argument) {
    String value = Unparser.inputColumn(argument.name());
    int number = number(argument);
    return switch (function) {
      case COUNT_ROWS, COUNT_VALUES, SUM, AVERAGE -> Optional.empty();
      case LEAST ->
          Optional.of(
              new StateColumn.Extremum(
                  HiddenColumns.least(number), argument, StateColumn.Direction.LEAST));
      case GREATEST ->
          Optional.of(
              new StateColumn.Extremum(
                  HiddenColumns.greatest(number), argument, StateColumn.Direction.GREATEST));
      case ALL_TRUE, ANY_TRUE ->
          Optional.of(
              new StateColumn.Sum(
                  HiddenColumns.trues(number),
                  "bigint",
                  "count(*) FILTER (WHERE " + value + ")",
                  "coalesce(sum(" + WEIGHT + ") FILTER (WHERE " + value + "), 0)"));
      case BITS ->
          Optional.of(
              new StateColumn.Bits(
                  HiddenColumns.bits(number),
                  argument.type().text(),
                  "coalesce(bit_xor(" + value + "), '0')",
                  "coalesce(bit_xor(" + value + ") FILTER (WHERE " + WEIGHT + " % 2 <> 0), '0')"));
    };
  }

  /** The functions over an argument; all_true and any_true keep the same. */
  private List<AggregateFunction> functions(ColumnId argument) {
    return aggregate.calls().stream()
        .filter(call -> call.argument().filter(column -> column.id().equals(argument)).isPresent())
        .map(AggregateCall::function)
        .map(function ->
            function == AggregateFunction.ANY_TRUE ? AggregateFunction.ALL_TRUE : function)
        .distinct()
        .toList();
  }

  private StateColumn valueCount(Column argument) {
    String sql = Unparser.inputColumn(argument.name());
    // IS DISTINCT FROM NULL, unlike IS NOT NULL, counts a composite value of NULLs, as count()
    // does.
    return new StateColumn.Sum(
        HiddenColumns.values(number(argument)),
        "bigint",
        "count(" + sql + ")",
        "coalesce(sum(" + WEIGHT + ") FILTER (WHERE " + sql + " IS DISTINCT FROM NULL), 0)");
  }

  private List<StateColumn> sums(Column argument) {
    String sql = Unparser.inputColumn(argument.name());
    Identifier sum = HiddenColumns.sum(number(argument));
    if (isFree(argument)) {
      return new FreeNumericSum(number(argument), sql, WEIGHT).columns();
    }
    if (!isNumeric(argument)) {
      return List.of(
          new StateColumn.Sum(
              sum,
              isSmall(argument) ? "bigint" : "numeric",
              "coalesce(sum(" + sql + "), 0)",
              // numeric: the sum of a delta may be too large for a moment
              "coalesce(sum(" + WEIGHT + " * " + sql + "::numeric), 0)"));
    }
    return List.of(
        new StateColumn.Sum(
            sum,
            "numeric",
            "coalesce(sum(" + sql + ") FILTER (WHERE " + sql + " <> 'NaN'), 0)",
            "coalesce(sum(" + WEIGHT + " * " + sql + ") FILTER (WHERE " + sql + " <> 'NaN'), 0)"),
        new StateColumn.Sum(
            HiddenColumns.notNumbers(number(argument)),
            "bigint",
            "count(*) FILTER (WHERE " + sql + " = 'NaN')",
            "coalesce(sum(" + WEIGHT + ") FILTER (WHERE " + sql + " = 'NaN'), 0)"));
  }

  /** NULL over no values, as in PostgreSQL. */
  protected String sumResult(AggregateCall call) {
    return whereThereAreValues(call, total(call));
  }

  /** PostgreSQL divides the sum, with its decimals, by the number of values. */
  private String averageResult(AggregateCall call) {
    return whereThereAreValues(
        call,
        "(%s)::numeric / %s::numeric"
            .formatted(total(call), HiddenColumns.values(number(call)).quoted()));
  }

  private String whereThereAreValues(AggregateCall call, String result) {
    return "CASE WHEN "
        + HiddenColumns.values(number(call)).quoted()
        + " > 0 THEN "
        + result
        + " END";
  }

  /** The sum of all values; NaN while there is one. */
  private String total(AggregateCall call) {
    Column argument = call.argument().orElseThrow();
    int number = number(argument);
    String sum = HiddenColumns.sum(number).quoted();
    if (isFree(argument)) {
      return new FreeNumericSum(number, Unparser.inputColumn(argument.name()), WEIGHT).result();
    }
    return isNumeric(argument)
        ? "CASE WHEN "
            + HiddenColumns.notNumbers(number).quoted()
            + " > 0 THEN 'NaN'::numeric ELSE "
            + sum
            + " END"
        : sum;
  }

  private boolean isSummed(ColumnId argument) {
    return aggregate.calls().stream()
        .filter(call ->
            call.function() == AggregateFunction.SUM
                || call.function() == AggregateFunction.AVERAGE)
        .anyMatch(call -> call.argument().orElseThrow().id().equals(argument));
  }

  private static boolean isNumeric(Column argument) {
    return argument.type().facts().baseOid() == NUMERIC;
  }

  /** Values may have any number of decimals. */
  private static boolean isFree(Column argument) {
    return isNumeric(argument) && argument.type().modifier() < 0;
  }

  /** PostgreSQL's sum over these is a bigint. */
  private static boolean isSmall(Column argument) {
    long type = argument.type().facts().baseOid();
    return type == SMALLINT || type == INTEGER;
  }

  private Column argument(ColumnId id) {
    return aggregate.calls().stream()
        .flatMap(call -> call.argument().stream())
        .filter(column -> column.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private int number(AggregateCall call) {
    return number(call.argument().orElseThrow());
  }

  private int number(Column argument) {
    Integer number = arguments.get(argument.id());
    if (number == null) {
      throw new IllegalStateException("no argument: " + argument);
    }
    return number;
  }
}
