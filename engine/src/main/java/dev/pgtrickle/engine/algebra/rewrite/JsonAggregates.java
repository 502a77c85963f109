package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SetCall;
import dev.pgtrickle.engine.algebra.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Orders the aggregates of SQL/JSON, whose order stands among their words (P10).
 *
 * <pre>
 * BEFORE  JSON_ARRAYAGG(x RETURNING json)                     JSON_OBJECTAGG(k : v RETURNING json)
 * AFTER   JSON_ARRAYAGG(x ORDER BY x::text RETURNING json)    json_object_agg(k, v ORDER BY ..)
 * </pre>
 *
 * <p>JSON_OBJECTAGG has no place for an order, but PostgreSQL itself computes it by json_object_agg
 * and its like, which have.
 */
final class JsonAggregates {
  private static final Pattern DIRECTION =
      Pattern.compile(
          "^((?: (?:FORMAT JSON|ENCODING [A-Z0-9]+|ASC|DESC|NULLS FIRST|NULLS LAST))*)(.*)$",
          Pattern.DOTALL);

  /** What may follow the value for a function to exist that gives the same. */
  private static final Pattern OPTIONS =
      Pattern.compile(
          "^( ABSENT ON NULL| NULL ON NULL)?( WITH UNIQUE KEYS| WITHOUT UNIQUE KEYS)?"
              + "(?: RETURNING \"?(json|jsonb)\"?)?$");

  private final TieBreakers ties;

  JsonAggregates(TieBreakers ties) {
    this.ties = ties;
  }

  /** The same call with an order that tells all images apart; unchanged where there is none. */
  SetCall ordered(SetCall call, List<Column> columns) {
    return switch (call.function()) {
      case "JSON_ARRAYAGG" -> array(call, columns);
      case "JSON_OBJECTAGG" -> object(call, columns).orElse(call);
      default -> call;
    };
  }

  private static SetCall array(SetCall call, List<Column> columns) {
    List<Scalar.Piece> pieces = new ArrayList<>(call.arguments().pieces());
    int value = nextOperand(pieces, 0);
    int last = value;
    boolean sorted = text(pieces, value + 1).contains("ORDER BY");
    if (sorted) {
      last = lastOperand(pieces);
    }
    Scalar image = ImageText.of(((Scalar.Operand) pieces.get(value)).scalar(), columns);
    Matcher rest = DIRECTION.matcher(text(pieces, last + 1));
    if (!rest.matches()) {
      return call;
    }
    if (!text(pieces, last + 1).isEmpty()) {
      pieces.remove(last + 1);
    }
    List<Scalar.Piece> added =
        List.of(
            new Scalar.Text(rest.group(1) + (sorted ? ", " : " ORDER BY ")),
            new Scalar.Operand(image),
            new Scalar.Text(rest.group(2)));
    pieces.addAll(last + 1, added);
    return with(call, call.function(), new Scalar(Form.OPAQUE, "", List.copyOf(pieces)), List.of());
  }

  private Optional<SetCall> object(SetCall call, List<Column> columns) {
    List<Scalar> operands = call.arguments().operands();
    List<Scalar.Piece> pieces = call.arguments().pieces();
    int value = lastOperand(pieces);
    Matcher options = OPTIONS.matcher(text(pieces, value + 1));
    if (operands.size() != 2 || !options.matches()) {
      return Optional.empty();
    }
    String function =
        (options.group(3) == null ? "json" : options.group(3))
            + "_object_agg"
            + (" WITH UNIQUE KEYS".equals(options.group(2)) ? "_unique" : "")
            + (" ABSENT ON NULL".equals(options.group(1)) ? "_strict" : "");
    return Optional.of(
        with(
            call,
            "\"" + function + "\"",
            Calls.arguments(operands.getFirst(), operands.getLast()),
            ties.byImage(List.of(), operands, columns)));
  }

  private static SetCall with(
      SetCall call, String function, Scalar arguments, List<SortKey> order) {
    return new SetCall(function, call.duplicates(), arguments, order, call.group(), call.filter());
  }

  private static int nextOperand(List<Scalar.Piece> pieces, int from) {
    int place = from;
    while (!(pieces.get(place) instanceof Scalar.Operand)) {
      place++;
    }
    return place;
  }

  private static int lastOperand(List<Scalar.Piece> pieces) {
    int place = pieces.size() - 1;
    while (!(pieces.get(place) instanceof Scalar.Operand)) {
      place--;
    }
    return place;
  }

  private static String text(List<Scalar.Piece> pieces, int place) {
    return place < pieces.size() && pieces.get(place) instanceof Scalar.Text text ? text.sql() : "";
  }
}
