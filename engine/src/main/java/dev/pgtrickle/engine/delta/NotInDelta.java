package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.Indentation;
import dev.pgtrickle.engine.algebra.NullAwareAntiJoin;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.property.EqualityPairs;
import dev.pgtrickle.engine.algebra.property.NonNullColumns;
import dev.pgtrickle.engine.delta.DeltaNode.SignedRows;
import java.util.List;
import java.util.Optional;

/**
 * NOT IN has three regimes: over no rows everything is put out, NULL too; over rows with a NULL
 * among them nothing is; else what is not NULL and has no match, as {@link MatchedRows} counts
 * them. When the regime changes all present rows are looked at, else only those that are concerned.
 *
 * <pre>
 *   before: 1, NULL NOT IN (2)      b: +1 (NULL)      after: __weight | a
 *                                                                 -1 | 1
 * </pre>
 */
public final class NotInDelta implements DeltaRule<NullAwareAntiJoin> {
  /** What the common table is called that looks at the other side as a whole. */
  public static final String WHOLE_SIDE = "whether the other side has rows, and NULLs among them";

  private final MatchedRows matches;

  public NotInDelta(MatchedRows matches) {
    this.matches = matches;
  }

  @Override
  public DeltaNode differentiate(
      NullAwareAntiJoin join, List<DeltaNode> inputs, DeltaContext context) {
    Column member = join.right().columns().getFirst();
    Scalar condition = Scalar.infix(Form.INFIX, join.probe(), "=", Scalar.of(member.id()));
    Lookup lookup =
        new Lookup(
            join.right(),
            inputs.getLast(),
            condition,
            EqualityPairs.of(
                Optional.of(condition), join.left().columns(), join.right().columns()));
    return matches.differentiate(
        "notin",
        join.left(),
        inputs.getFirst(),
        lookup,
        new Regimes(join.probe(), member),
        context);
  }

  /** What decides, with the state of the whole other side. */
  private record Regimes(Scalar probe, Column member) implements Decision {

    @Override
    public String before(Naming row) {
      return decided(row, "before", "\"__now\" <= \"__more\"");
    }

    @Override
    public String after(Naming row) {
      return decided(row, "now", "\"__now\" = 0");
    }

    private String decided(Naming row, String time, String unmatched) {
      return "regime.\"__empty_%1$s\" OR (NOT regime.\"__null_%1$s\" AND (%2$s) IS NOT NULL AND %3$s)"
          .formatted(time, row.text(probe), unmatched);
    }

    @Override
    public String upheaval() {
      return "\"__changed\"";
    }

    /** The rows there are, and the NULLs among them: now, and before the changes. */
    @Override
    public Optional<String> regime(Lookup other) {
      String value = Naming.of(Lookup.ALIAS, other.operator().columns()).column(member);
      boolean never = NonNullColumns.of(other.operator()).contains(member.id());
      String isNull = never ? "false" : value + " IS NULL";
      String more =
          other.delta() instanceof SignedRows changed
              ? """
              SELECT coalesce(sum(%1$s), 0)::bigint AS "__rows",
                coalesce(sum(%1$s) FILTER (WHERE %2$s), 0)::bigint AS "__nulls"
              FROM %3$s AS %4$s\
              """
                  .formatted(
                      HiddenColumns.WEIGHT.quoted(),
                      isNull,
                      changed.table().quoted(),
                      Lookup.ALIAS.quoted())
              : "SELECT 0 AS \"__rows\", 0 AS \"__nulls\"";
      return Optional.of(
          """
          SELECT counted.*, "__empty_now" <> "__empty_before" OR "__null_now" <> "__null_before"
            AS "__changed"
          FROM (
            SELECT present."__rows" = 0 AS "__empty_now",
              present."__rows" <= more."__rows" AS "__empty_before",
              nulls."__nulls" > 0 AS "__null_now",
              nulls."__nulls" > more."__nulls" AS "__null_before"
            FROM (
          %1$s
            ) AS more
            CROSS JOIN LATERAL (
              SELECT count(*) AS "__rows" FROM (
          %2$s
              ) AS matches
            ) AS present
            CROSS JOIN LATERAL (
              SELECT count(*) AS "__nulls" FROM (
          %3$s
              ) AS matches
            ) AS nulls
          ) AS counted\
          """
              .formatted(
                  indented(more, 2),
                  indented(bounded(other, "", "more.\"__rows\""), 3),
                  indented(bounded(other, "\nWHERE " + isNull, "more.\"__nulls\""), 3)));
    }

    private static String bounded(Lookup other, String condition, String more) {
      return "SELECT 1\nFROM "
          + PresentRows.all(other.operator(), Lookup.ALIAS)
          + condition
          + "\nLIMIT greatest("
          + more
          + ", 0) + 1";
    }

    private static String indented(String sql, int times) {
      String indented = sql;
      for (int time = 0; time < times; time++) {
        indented = Indentation.indent(indented);
      }
      return indented;
    }
  }
}
