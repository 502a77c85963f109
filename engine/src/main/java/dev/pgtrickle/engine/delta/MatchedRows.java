package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Indentation;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.property.EqualityPairs;
import dev.pgtrickle.engine.delta.DeltaNode.SignedRows;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The rows of one side of a join that have a match on the other side, or have none: what semi, anti
 * and outer joins put out beside matched pairs. With m(r) = 1 where r is put out before and m'(r)
 * after:
 *
 * <pre>
 *   d(R.m)  =  dR.m  +  R' . (m' - m)
 * </pre>
 *
 * <p>Only rows of R' that meet a change of the other side can have m' different from m; they are
 * found by the keys of that change. Matches are counted, by the whole condition: those there are
 * now, up to one more than decides, and by how many they have become more. Rows need not be netted,
 * and no old state is read.
 */
public class MatchedRows {
  private static final Identifier KEPT = Identifier.of("kept");
  private static final Identifier TOUCHED = Identifier.of("touched");
  private static final String WEIGHT = HiddenColumns.WEIGHT.quoted();

  /** Which rows are put out. */
  enum Wanted implements Decision {
    MATCHED("\"__now\" > \"__more\"", "\"__now\" > 0"),
    UNMATCHED("\"__now\" <= \"__more\"", "\"__now\" = 0");

    private final String before;
    private final String after;

    Wanted(String before, String after) {
      this.before = before;
      this.after = after;
    }

    @Override
    public String before(Naming row) {
      return before;
    }

    @Override
    public String after(Naming row) {
      return after;
    }
  }

  /**
   * Defines the delta of those rows.
   *
   * @param name of the operator, for the names of common tables
   */
  SignedRows differentiate(
      String name,
      Operator kept,
      DeltaNode keptDelta,
      Lookup other,
      Decision decision,
      DeltaContext context) {
    List<Column> columns = kept.columns();
    List<String> probes = new ArrayList<>();
    Optional<Identifier> regime =
        decision
            .regime(other)
            .map(select -> context.defineOnce(name, "regime", NotInDelta.WHOLE_SIDE, select));
    if (keptDelta instanceof SignedRows changed) {
      probes.add(changedProbes(changed, columns));
    }
    if (other.delta() instanceof SignedRows changed) {
      String all = regime.map(table -> concernsAll(decision.upheaval(), table)).orElse("");
      probes.add(presentProbes(name, kept, other, changed, all, context));
      if (!all.isEmpty()) {
        probes.add(
            presentSelect(columns) + "\nFROM " + PresentRows.all(kept, KEPT) + "\nWHERE " + all);
      }
    }
    Identifier probe =
        context.defineOnce(
            name,
            "probe",
            "changed rows, and present ones whose matches changed",
            """
            SELECT row_number() OVER () AS "__row", input.*
            FROM (
            %s
            ) AS input\
            """
                .formatted(Indentation.indent(String.join("\nUNION ALL\n", probes))));
    String more = "0";
    String joined = "";
    if (other.delta() instanceof SignedRows changed) {
      more = "coalesce(met.\"__more\", 0)";
      Identifier met = met(name, probe, columns, other, changed, context);
      joined = "\nLEFT JOIN " + met.quoted() + " AS met ON met.\"__row\" = probe.\"__row\"";
    }
    PresentMatches.Count now = new PresentMatches(probe, columns, other).count(name, more, context);
    Identifier table =
        context.define(
            name,
            "rows that are put out since, or no more",
            weighted(probe, columns, decision, more, now, joined + now.joined(), regime));
    return new SignedRows(table, columns);
  }

  private static String changedProbes(SignedRows changed, List<Column> columns) {
    return "SELECT false AS \"__present\", "
        + KEPT.quoted()
        + "."
        + WEIGHT
        + Naming.of(KEPT, columns).list(columns)
        + "\nFROM "
        + changed.table().quoted()
        + " AS "
        + KEPT.quoted();
  }

  private String presentProbes(
      String name,
      Operator kept,
      Lookup other,
      SignedRows changed,
      String all,
      DeltaContext context) {
    List<Column> columns = kept.columns();
    Naming naming = Naming.of(KEPT, columns);
    String select = presentSelect(columns);
    List<EqualityPairs.Pair> pairs = other.pairs().pairs();
    if (pairs.isEmpty()) {
      Naming both = naming.and(Lookup.ALIAS, other.operator().columns());
      return "%s\nFROM %s\nWHERE EXISTS (\n  SELECT FROM %s AS %s\n  WHERE %s\n)%s"
          .formatted(
              select,
              PresentRows.all(kept, KEPT),
              changed.table().quoted(),
              Lookup.ALIAS.quoted(),
              both.text(other.condition()),
              all.isEmpty() ? "" : " AND NOT " + all);
    }
    Identifier touched =
        context.defineOnce(
            name, "touched", "keys whose matches may have changed", touched(other, changed));
    List<String> conditions = new ArrayList<>();
    for (int index = 0; index < pairs.size(); index++) {
      conditions.add(
          "("
              + naming.text(pairs.get(index).kept())
              + ") = "
              + TOUCHED.quoted()
              + "."
              + key(index));
    }
    return select
        + "\nFROM "
        + touched.quoted()
        + " AS "
        + TOUCHED.quoted()
        + PresentRows.joined(kept, KEPT, String.join(" AND ", conditions), other.pairs().lookedUp())
        + (all.isEmpty() ? "" : "\nWHERE NOT " + all);
  }

  private static String presentSelect(List<Column> columns) {
    return "SELECT true AS \"__present\", 1 AS " + WEIGHT + Naming.of(KEPT, columns).list(columns);
  }

  private String touched(Lookup other, SignedRows changed) {
    Naming naming = Naming.of(Lookup.ALIAS, changed.columns());
    List<String> items = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (int index = 0; index < other.pairs().pairs().size(); index++) {
      String key = naming.column(other.pairs().pairs().get(index).key());
      keys.add(key);
      items.add(key + " AS " + key(index));
    }
    return "SELECT "
        + String.join(", ", items)
        + "\nFROM "
        + changed.table().quoted()
        + " AS "
        + Lookup.ALIAS.quoted()
        + "\nGROUP BY "
        + String.join(", ", keys)
        + unchangedKeys(other.pairs().coverage());
  }

  /** A key that meets as many rows as before has no row whose answer changed. */
  protected String unchangedKeys(EqualityPairs.Coverage coverage) {
    return switch (coverage) {
      case WHOLE -> "\nHAVING sum(" + Lookup.ALIAS.quoted() + "." + WEIGHT + ") <> 0";
      case PART -> "";
    };
  }

  /** Whether every row has to be looked at, as an expression that is computed once. */
  protected String concernsAll(String upheaval, Identifier regime) {
    return "(SELECT %s FROM %s)".formatted(upheaval, regime.quoted());
  }

  private static String key(int index) {
    return Identifier.of("__key_" + (index + 1)).quoted();
  }

  private static Identifier met(
      String name,
      Identifier probe,
      List<Column> columns,
      Lookup other,
      SignedRows changed,
      DeltaContext context) {
    return context.defineOnce(
        name,
        "met",
        "by how many the matches of each have become more",
        """
        SELECT probe."__row", sum("other".%s)::bigint AS "__more"
        FROM %s AS probe
        JOIN %s AS "other"
          ON %s
        GROUP BY probe."__row"\
        """
            .formatted(
                WEIGHT, probe.quoted(), changed.table().quoted(), condition(columns, other)));
  }

  private String weighted(
      Identifier probe,
      List<Column> columns,
      Decision decision,
      String more,
      PresentMatches.Count now,
      String joined,
      Optional<Identifier> regime) {
    String inner =
        "SELECT probe.\"__present\", probe."
            + WEIGHT
            + Naming.of(Identifier.of("probe"), columns).list(columns)
            + ", "
            + more
            + " AS \"__more\", "
            + now.expression()
            + " AS \"__now\"\nFROM "
            + probe.quoted()
            + " AS probe"
            + joined;
    Naming counted = Naming.of(Identifier.of("counted"), columns);
    String weight = weight(decision.before(counted), decision.after(counted));
    return "SELECT "
        + weight
        + " AS "
        + WEIGHT
        + counted.list(columns)
        + "\nFROM (\n"
        + Indentation.indent(inner)
        + "\n) AS counted"
        + regime.map(table -> "\nCROSS JOIN " + table.quoted() + " AS regime").orElse("")
        + "\nWHERE "
        + weight
        + " <> 0";
  }

  /**
   * The weight of a counted row.
   *
   * @param before whether the row was put out, were it there
   * @param after whether it is
   */
  protected String weight(String before, String after) {
    return """
    CASE WHEN "__present" THEN (%1$s)::int - (%2$s)::int ELSE %3$s * (%2$s)::int END\
    """
        .formatted(after, before, WEIGHT);
  }

  private static String condition(List<Column> columns, Lookup other) {
    return Naming.of(Identifier.of("probe"), columns)
        .and(Lookup.ALIAS, other.operator().columns())
        .text(other.condition());
  }

  /** Reads as a list. */
  static String terms(List<String> terms) {
    return terms.stream().collect(Collectors.joining("\nUNION ALL\n"));
  }
}
