package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Grouping;
import dev.pgtrickle.engine.algebra.Indentation;
import dev.pgtrickle.engine.algebra.QueryUnparser;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads the least and greatest values of those groups again whose kept one has left. Where none has
 * left, nothing is read.
 *
 * <pre>
 *   kept: region | least       gone: region | amount      read: region | least
 *         r1     |     3             r1     |      3            r1     |     5
 *         r2     |     1             r2     |      7
 * </pre>
 */
public final class LostExtremes {
  /** The number of a group in a statement. */
  public static final Identifier GROUP = Identifier.of("__group");

  private final Aggregate aggregate;
  private final List<StateColumn.Extremum> extremes;

  public LostExtremes(Aggregate aggregate, List<StateColumn.Extremum> extremes) {
    this.aggregate = aggregate;
    this.extremes = List.copyOf(extremes);
  }

  /** The name under which the common table of lost groups has a key. */
  public static String key(int index) {
    return RestrictedRows.key(index);
  }

  /**
   * A SELECT of {@code __group} and the values.
   *
   * @param lost a common table of {@code __group}, the keys, and which values are lost
   */
  public String reading(Identifier lost) {
    return aggregate.grouping() == Grouping.WHOLE_INPUT ? whole(lost) : grouped(lost);
  }

  /** A query for each value, since an index may have it at its end. */
  private String whole(Identifier lost) {
    String rows = Indentation.indent(new QueryUnparser().query(aggregate.input()));
    String values =
        extremes.stream()
            .map(extremum ->
                """
                CASE WHEN touched.%s THEN (
                  SELECT %s
                  FROM (
                %s
                  ) AS input
                ) END AS %s\
                """
                    .formatted(
                        extremum.lost().quoted(),
                        extremum.fromRows(),
                        Indentation.indent(rows),
                        extremum.name().quoted()))
            .collect(Collectors.joining(",\n"));
    return "SELECT touched."
        + GROUP.quoted()
        + ",\n"
        + Indentation.indent(values)
        + "\nFROM "
        + lost.quoted()
        + " AS touched";
  }

  private String grouped(Identifier lost) {
    List<GroupKey> keys =
        aggregate.keys().stream()
            .map((Column key) -> new GroupKey(Scalar.of(key.id()), key.nullability()))
            .toList();
    String rows =
        new RestrictedRows(lost, keys).of(aggregate.input(), List.of("touched." + GROUP.quoted()));
    String values =
        extremes.stream()
            .map(extremum -> extremum.fromRows() + " AS " + extremum.name().quoted())
            .collect(Collectors.joining(", "));
    return "SELECT input.%1$s, %2$s\nFROM (\n%3$s\n) AS input\nGROUP BY input.%1$s"
        .formatted(GROUP.quoted(), values, Indentation.indent(rows));
  }
}
