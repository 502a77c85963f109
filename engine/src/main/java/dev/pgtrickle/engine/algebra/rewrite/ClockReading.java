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
    return scalar.withAllOperands().stream()
        .anyMatch(part ->
            (part.form() == Form.CALL && FUNCTIONS.contains(part.operator()))
                || (part.form() == Form.VALUE_WORD && WORDS.contains(part.operator())));
  }
}
