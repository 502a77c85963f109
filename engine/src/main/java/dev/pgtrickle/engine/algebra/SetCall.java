package dev.pgtrickle.engine.algebra;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A call of an aggregate or of a window function: one that looks at many rows.
 *
 * @param function its name as the canonical text has it
 * @param arguments what stands in the parentheses, but for DISTINCT and ORDER BY
 * @param order ORDER BY inside of the parentheses
 * @param group WITHIN GROUP (ORDER BY ..)
 */
public record SetCall(
    String function,
    Duplicates duplicates,
    Scalar arguments,
    List<SortKey> order,
    List<SortKey> group,
    Optional<Scalar> filter) {

  /** All expressions of the call. */
  public List<Scalar> scalars() {
    return Stream.of(
            Stream.of(arguments),
            order.stream().map(SortKey::scalar),
            group.stream().map(SortKey::scalar),
            filter.stream())
        .flatMap(stream -> stream)
        .toList();
  }

  /** The same call with each of its expressions changed. */
  public SetCall with(UnaryOperator<Scalar> change) {
    return new SetCall(
        function,
        duplicates,
        change.apply(arguments),
        SortKey.change(order, change),
        SortKey.change(group, change),
        filter.map(change));
  }
}
