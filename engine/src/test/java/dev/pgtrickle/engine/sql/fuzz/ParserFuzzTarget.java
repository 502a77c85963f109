package dev.pgtrickle.engine.sql.fuzz;

import dev.pgtrickle.engine.sql.parser.Bounds;
import dev.pgtrickle.engine.sql.parser.CanonicalParser;
import dev.pgtrickle.engine.sql.parser.DeepStack;
import dev.pgtrickle.engine.sql.parser.TooComplexException;
import dev.pgtrickle.engine.sql.token.UnknownSyntaxException;
import dev.pgtrickle.engine.sql.tree.SqlPrinter;
import java.nio.charset.StandardCharsets;

/**
 * What the fuzzer calls: any bytes are an answer or a refusal by name, and what was read is printed
 * as something that is read the same way.
 */
public final class ParserFuzzTarget {
  private static final CanonicalParser PARSER = new CanonicalParser(Bounds.standard());

  private ParserFuzzTarget() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    String sql = new String(bytes, StandardCharsets.UTF_8);
    DeepStack.call(() -> {
      read(sql);
      return "done";
    });
  }

  private static void read(String sql) {
    String printed;
    try {
      printed = SqlPrinter.print(PARSER.parse(sql));
    } catch (UnknownSyntaxException | TooComplexException refused) {
      return;
    }
    String again = SqlPrinter.print(PARSER.parse(printed));
    if (!again.equals(printed)) {
      throw new IllegalStateException("printed " + printed + "\nthen " + again);
    }
  }
}
