package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SetCall;
import dev.pgtrickle.engine.algebra.SortKey;
import dev.pgtrickle.engine.algebra.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes window functions functions of the bag of their rows (P10).
 *
 * <p>A function that looks at places, or a frame of rows, gets all columns as its last sort keys. A
 * frame of peers would change with the order, so it stays, and only says at which places of the
 * complete order it begins and ends:
 *
 * <pre>
 * BEFORE  last_value(x) OVER (ORDER BY a RANGE ..)
 * AFTER   nth_value(x, place) OVER (ORDER BY a, b, x ROWS of the whole partition)
 *           with place: max(number) OVER (ORDER BY a RANGE ..)
 *           with number: row_number() OVER (ORDER BY a, b, x)
 * </pre>
 *
 * <p>What cannot be written so is left as it is, and {@link RemainingAmbiguity} names it.
 */
final class WindowRefinement {
  private static final String WHOLE = "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING";
  private static final String RUNNING = "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW";

  private static final Set<String> PLACES =
      Set.of("\"row_number\"", "\"ntile\"", "\"lag\"", "\"lead\"");

  /** Functions of the rows before in the order, whichever of those that tie come first. */
  private static final Set<String> RANKS =
      Set.of("\"rank\"", "\"dense_rank\"", "\"percent_rank\"", "\"cume_dist\"");

  private static final Set<String> VALUES =
      Set.of("\"first_value\"", "\"last_value\"", "\"nth_value\"");

  private final Calls calls;
  private final TieBreakers ties = new TieBreakers();

  /** How the answer of one function is made unique. */
  enum Way {
    UNIQUE_ALREADY,
    COMPLETE_ORDER,
    VALUE_AT_PLACE,
    LEAST_VALUE,
    RUNNING_VALUE,
    NONE
  }

  WindowRefinement(Calls calls) {
    this.calls = calls;
  }

  static Way way(Window.Call call, List<Column> columns) {
    String function = call.call().function();
    Frame frame = Frame.of(call);
    if (RANKS.contains(function)) {
      return Way.UNIQUE_ALREADY;
    }
    if (PLACES.contains(function)) {
      return Way.COMPLETE_ORDER;
    }
    if (frame.byRows()) {
      return frame.minds() ? Way.NONE : Way.COMPLETE_ORDER;
    }
    if (VALUES.contains(function)) {
      return Way.VALUE_AT_PLACE;
    }
    if (OrderSensitivity.isAmbiguousExtreme(call.call(), call.column(), columns)) {
      return Way.LEAST_VALUE;
    }
    if (OrderSensitivity.dependsOnOrder(call.call(), call.column(), columns)) {
      return frame.fromStart() && !frame.excludes() ? Way.RUNNING_VALUE : Way.NONE;
    }
    return Way.UNIQUE_ALREADY;
  }

  Operator of(Window window) {
    List<Column> columns = window.input().columns();
    List<Window.Call> kept = new ArrayList<>();
    Operator rows = window.input();
    for (Window.Call call : window.calls()) {
      rows =
          switch (way(call, columns)) {
            case UNIQUE_ALREADY, NONE -> {
              kept.add(call);
              yield rows;
            }
            case COMPLETE_ORDER -> {
              kept.add(completed(call, columns));
              yield rows;
            }
            case VALUE_AT_PLACE -> valueAtPlace(rows, call, columns);
            case LEAST_VALUE -> leastValue(rows, call, columns);
            case RUNNING_VALUE -> runningValue(rows, call, columns);
          };
    }
    Operator refined = kept.isEmpty() ? rows : new Window(rows, List.copyOf(kept));
    return kept.size() == window.calls().size() ? refined : Calls.only(window.columns(), refined);
  }

  /** Functions of places ignore the frame, and one of peers would not allow more sort keys. */
  private Window.Call completed(Window.Call call, List<Column> columns) {
    return new Window.Call(
        call.column(),
        call.call(),
        call.partition(),
        ties.complete(call.order(), columns),
        PLACES.contains(call.call().function()) ? Optional.empty() : call.frame());
  }

  private Operator valueAtPlace(Operator rows, Window.Call call, List<Column> columns) {
    Numbered numbered = new Numbered(rows, call, ties.complete(call.order(), columns));
    List<Scalar> operands = call.call().arguments().operands();
    Scalar value = operands.getFirst();
    return switch (call.call().function()) {
      case "\"first_value\"" -> numbered.valueAt(value, numbered.over("min"), call.column());
      case "\"last_value\"" -> numbered.valueAt(value, numbered.over("max"), call.column());
      default -> {
        Scalar places = numbered.over("array_agg");
        yield numbered.valueAt(value, nth(places, operands.getLast()), call.column());
      }
    };
  }

  /** The place of the n-th row in the frame; below 1 it is n itself, which must be an error. */
  private static Scalar nth(Scalar places, Scalar number) {
    return new Scalar(
            Form.OPAQUE,
            "",
            List.of(
                new Scalar.Text("CASE WHEN "),
                new Scalar.Operand(number),
                new Scalar.Text(" < 1 THEN "),
                new Scalar.Operand(number),
                new Scalar.Text(" ELSE (SELECT \"place\" FROM \"unnest\"("),
                new Scalar.Operand(places),
                new Scalar.Text(") AS \"places\"(\"place\") ORDER BY \"place\" OFFSET GREATEST("),
                new Scalar.Operand(number),
                new Scalar.Text(", 1) - 1 LIMIT 1) END")))
        .parenthesised();
  }

  /** Numbers the values from the wanted one on, and shows the one with the least number. */
  private Operator leastValue(Operator rows, Window.Call call, List<Column> columns) {
    Scalar value = call.call().arguments().operands().getFirst();
    boolean least = call.call().function().equals("\"min\"");
    List<SortKey> order =
        List.of(
            new SortKey(value, least ? "" : " DESC NULLS LAST"),
            new SortKey(ImageText.of(value, columns), ""));
    Numbered numbered = new Numbered(rows, call, order);
    return numbered.valueAt(value, numbered.over("min"), call.column());
  }

  /** What the aggregate was after the last row of the frame, which begins with the first row. */
  private Operator runningValue(Operator rows, Window.Call call, List<Column> columns) {
    List<SortKey> order = ties.complete(call.order(), columns);
    Column running = calls.column("running");
    Operator computed =
        new Window(
            rows,
            List.of(
                new Window.Call(
                    running,
                    call.call(),
                    call.partition(),
                    order,
                    Optional.of(Scalar.constant(RUNNING)))));
    Numbered numbered = new Numbered(computed, call, order);
    // The rows that a filter leaves out still have their places.
    return numbered.valueAt(Scalar.of(running.id()), numbered.overAll("max"), call.column());
  }

  /** Rows with their numbers in a complete order. */
  private final class Numbered {
    private final Window.Call call;
    private final List<SortKey> order;
    private final Column number;
    private Operator rows;

    Numbered(Operator rows, Window.Call call, List<SortKey> order) {
      this.call = call;
      this.order = order;
      this.number = calls.column("number");
      this.rows =
          new Window(
              rows,
              List.of(
                  new Window.Call(
                      number,
                      Calls.call("row_number", Calls.none(), Optional.empty()),
                      call.partition(),
                      order,
                      Optional.empty())));
    }

    /** An aggregate of the numbers in the frame. */
    Scalar over(String function) {
      return over(function, call.call().filter());
    }

    Scalar overAll(String function) {
      return over(function, Optional.empty());
    }

    private Scalar over(String function, Optional<Scalar> filter) {
      Column found = calls.column("place");
      SetCall aggregate = Calls.call(function, Calls.arguments(Scalar.of(number.id())), filter);
      rows =
          new Window(
              rows,
              List.of(
                  new Window.Call(found, aggregate, call.partition(), call.order(), call.frame())));
      return Scalar.of(found.id());
    }

    Operator valueAt(Scalar value, Scalar place, Column column) {
      SetCall nth =
          Calls.call(
              "nth_value",
              Calls.arguments(value, Calls.text("", place, "::integer")),
              Optional.empty());
      return new Window(
          rows,
          List.of(
              new Window.Call(
                  column, nth, call.partition(), order, Optional.of(Scalar.constant(WHOLE)))));
    }
  }
}
