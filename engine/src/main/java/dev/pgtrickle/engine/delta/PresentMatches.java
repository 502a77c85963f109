package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Indentation;
import dev.pgtrickle.engine.algebra.property.IndexReach;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;

/**
 * How many matches the rows of a common table have now. Where an index leads to them they are
 * counted row by row, up to one more than decides; else all at once, since the other side would be
 * read for each row.
 *
 * <pre>
 *   probe: __row | customer     other: id     now: __row | __now
 *              1 |        3            3               1 |     2
 *              2 |        4            3
 * </pre>
 */
final class PresentMatches {
  private static final Identifier PROBE = Identifier.of("probe");

  private final Identifier probe;
  private final List<Column> columns;
  private final Lookup other;

  /**
   * @param probe a common table of {@code __row} and columns
   */
  PresentMatches(Identifier probe, List<Column> columns, Lookup other) {
    this.probe = probe;
    this.columns = List.copyOf(columns);
    this.other = other;
  }

  /**
   * The number, and what has to be joined to a probe for it.
   *
   * @param joined begins with a line break, or is empty
   */
  record Count(String expression, String joined) {}

  /**
   * @param name of the operator, for the names of common tables
   * @param more by how many the matches have become more, as an expression beside a probe
   */
  Count count(String name, String more, DeltaContext context) {
    boolean together =
        !other.pairs().pairs().isEmpty()
            && !IndexReach.leads(other.operator(), other.pairs().others());
    return together ? together(name, context) : oneByOne(more);
  }

  private Count oneByOne(String more) {
    String rows =
        """
        SELECT 1
        FROM %s
        WHERE %s
        LIMIT greatest(%s, 0) + 1\
        """
            .formatted(PresentRows.all(other.operator(), Lookup.ALIAS), condition(), more);
    return new Count(
        "(\n  SELECT count(*) FROM (\n"
            + Indentation.indent(Indentation.indent(rows))
            + "\n  ) AS matches\n)",
        "");
  }

  private Count together(String name, DeltaContext context) {
    Identifier now =
        context.defineOnce(
            name,
            "now",
            "how many matches each has",
            """
            SELECT probe."__row", count(*) AS "__now"
            FROM %s AS probe
            JOIN %s
              ON %s
            GROUP BY probe."__row"\
            """
                .formatted(
                    probe.quoted(), PresentRows.all(other.operator(), Lookup.ALIAS), condition()));
    return new Count(
        "coalesce(present.\"__now\", 0)",
        "\nLEFT JOIN " + now.quoted() + " AS present ON present.\"__row\" = probe.\"__row\"");
  }

  private String condition() {
    return Naming.of(PROBE, columns)
        .and(Lookup.ALIAS, other.operator().columns())
        .text(other.condition());
  }
}
