package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.Scalar;
import java.util.Set;

/** Finds expressions that read the clock of the transaction. */
final class ClockReading {
  private static final Set<String> FUNCTIONS = Set.of("\"now\"", "\"transaction_timestamp\"");

  private static final Set<String> WORDS =
      Set.of("CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "LOCALTIME", "LOCALTIMESTAMP");

  private ClockReading() {}

  static boolean in(Scalar scalar) {
    return scalar.withAllOperands().stream().anyMatch(ClockReading::isReading);
  }

  /** Whether the expression is a reading of the clock and nothing else. */
  static boolean isReading(Scalar scalar) {
    return (scalar.form() == Form.CALL && FUNCTIONS.contains(scalar.operator()))
        || (scalar.form() == Form.VALUE_WORD && WORDS.contains(scalar.operator()));
  }

  /** Whether the clock may stand in text that nobody looked into. */
  static boolean inWords(Scalar scalar) {
    return scalar.withAllOperands().stream()
        .filter(part -> part.form() != Form.CONSTANT && !isReading(part))
        .flatMap(part -> part.pieces().stream())
        .anyMatch(piece -> piece instanceof Scalar.Text text && mentions(text.sql()));
  }

  private static boolean mentions(String sql) {
    return FUNCTIONS.stream().anyMatch(sql::contains) || WORDS.stream().anyMatch(sql::contains);
  }
}
