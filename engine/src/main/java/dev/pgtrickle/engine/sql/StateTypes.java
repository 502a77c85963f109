package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.AggregateFunction;
import dev.pgtrickle.engine.algebra.Fidelity;
import dev.pgtrickle.engine.algebra.property.ColumnFidelity;
import dev.pgtrickle.engine.relations.ColumnType;
import java.util.Optional;
import java.util.Set;

/** The types over which the state of an aggregate follows signed rows exactly. */
final class StateTypes {
  private static final Set<String> WHOLE_NUMBERS = Set.of("smallint", "integer", "bigint");

  /** Why it cannot; empty where it can. */
  Optional<Obstacle> obstacle(AggregateFunction function, ColumnType argument) {
    return switch (function) {
      case COUNT_ROWS, COUNT_VALUES, ALL_TRUE, ANY_TRUE -> Optional.empty();
      case SUM, AVERAGE -> new SumTypes().obstacle(argument);
      case LEAST, GREATEST -> extremum(argument);
      case BITS ->
          WHOLE_NUMBERS.contains(argument.text())
              ? Optional.empty()
              : Optional.of(
                  Obstacle.of("bit_xor over " + argument.text(), "use integers", "bit_xor"));
    };
  }

  /** The kept value is compared with those that come and go, by the built-in order. */
  private static Optional<Obstacle> extremum(ColumnType argument) {
    boolean comparable =
        ColumnFidelity.of(argument) == Fidelity.VALUE
            && !argument.text().contains(".")
            && !argument.text().equals("record");
    return comparable
        ? Optional.empty()
        : Optional.of(
            Obstacle.of(
                "min or max over %s, equal values of which can look different,"
                    .formatted(argument.text()),
                "use a type whose equal values are the same, for example numeric(12,2)",
                "min",
                "max"));
  }
}
