package dev.pgtrickle.engine.sql.tree;

import dev.pgtrickle.engine.algebra.Form;
import java.util.List;

/**
 * An expression made of words, operands and queries.
 *
 * @param operator the operator, the type of a cast, the words of a test, the name of a function; as
 *     the form demands, else empty
 */
public record Phrase(Form form, String operator, List<Part> parts, int offset)
    implements Expression {

  /** The operands, in order. */
  public List<Expression> operands() {
    return parts.stream()
        .filter(Part.Operand.class::isInstance)
        .map(part -> ((Part.Operand) part).expression())
        .toList();
  }
}
