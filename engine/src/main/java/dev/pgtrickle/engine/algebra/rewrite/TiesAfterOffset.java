package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Filter;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.TopRows;
import dev.pgtrickle.engine.algebra.Window;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * OFFSET may cut rows that tie while WITH TIES keeps all that tie with the last one: the first cut
 * goes by the complete order, the second by the order that was asked for (P10).
 *
 * <pre>
 * BEFORE  TopRows(ORDER BY a OFFSET 2 FETCH FIRST 3 ROWS WITH TIES, t)
 * AFTER   Filter(number > 2 AND rank <= 2 + 3,
 *           Window(number: row_number() OVER (ORDER BY a, b), rank: rank() OVER (ORDER BY a), t))
 * </pre>
 */
final class TiesAfterOffset {
  private static final Pattern NUMBER = Pattern.compile("\\(*'?([0-9]+)'?(?:::\"?bigint\"?)?\\)*");

  private final Calls calls;
  private final TieBreakers ties = new TieBreakers();

  TiesAfterOffset(Calls calls) {
    this.calls = calls;
  }

  /** The count, if it is written as a number. */
  static Optional<String> number(Optional<Scalar> count) {
    return count
        .filter(scalar -> !scalar.hasQuery())
        .map(scalar -> NUMBER.matcher(scalar.render(id -> "?").strip()))
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1));
  }

  Operator of(TopRows rows) {
    Optional<String> count = number(rows.count());
    if (count.isEmpty() || rows.offset().isEmpty()) {
      return rows;
    }
    Column number = calls.column("number");
    Column rank = calls.column("rank");
    Operator numbered =
        new Window(
            rows.input(),
            List.of(
                new Window.Call(
                    number,
                    Calls.call("row_number", Calls.none(), Optional.empty()),
                    List.of(),
                    ties.complete(rows.order(), rows.columns()),
                    Optional.empty()),
                new Window.Call(
                    rank,
                    Calls.call("rank", Calls.none(), Optional.empty()),
                    List.of(),
                    rows.order(),
                    Optional.empty())));
    Scalar offset = Calls.text("COALESCE(", rows.offset().get(), ", 0)");
    Scalar after = Scalar.infix(Form.INFIX, Scalar.of(number.id()), ">", offset);
    Scalar before =
        Scalar.infix(
            Form.INFIX, Scalar.of(rank.id()), "<=", Calls.text("", offset, " + " + count.get()));
    Scalar any = Scalar.constant("(" + count.get() + " > 0)");
    return Calls.only(
        rows.columns(), new Filter(numbered, Scalar.and(List.of(after, before, any))));
  }
}
