package dev.pgtrickle.engine.sql.tree;

import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;
import java.util.Optional;

/**
 * A call of a function, an aggregate or a window function: the text does not tell which.
 *
 * @param path the function's name; empty where {@code function} is a key word
 * @param function as it stands in the text
 * @param arguments what stands in the parentheses, but for DISTINCT and ORDER BY
 * @param order ORDER BY inside of the parentheses
 * @param group WITHIN GROUP (ORDER BY ..)
 */
public record Call(
    List<Identifier> path,
    String function,
    Quantifier quantifier,
    List<Part> arguments,
    List<SortItem> order,
    List<SortItem> group,
    Optional<Expression> filter,
    Optional<WindowReference> over,
    int offset)
    implements Expression {

  /** The arguments alone. */
  public List<Expression> operands() {
    return arguments.stream()
        .filter(Part.Operand.class::isInstance)
        .map(part -> ((Part.Operand) part).expression())
        .toList();
  }
}
