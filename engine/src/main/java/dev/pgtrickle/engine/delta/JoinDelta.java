package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Join;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.property.EqualityPairs;
import dev.pgtrickle.engine.delta.DeltaNode.SignedRows;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A join: matched pairs follow {@link JoinTerms}; the rows of a preserved side that have no match
 * follow {@link MatchedRows} and have NULL in the place of the other side.
 *
 * <pre>
 *   sale LEFT JOIN customer ON customer.id = sale.customer
 *   before: sale -1 (7, c1), +1 (7, c2); customer +1 (c3)
 *   after:  __weight | sale | customer
 *                 -1 |    7 | c1          dL x R'
 *                 +1 |    7 | c2
 *                 +1 |    9 | c3          L' x dR: sale 9 has been waiting for it
 *                 -1 |    9 | NULL        it has a match now
 * </pre>
 */
public final class JoinDelta implements DeltaRule<Join> {
  private static final Identifier ABSENT = Identifier.of("absent");

  private final JoinTerms terms;
  private final MatchedRows matches;

  public JoinDelta(JoinTerms terms, MatchedRows matches) {
    this.terms = terms;
    this.matches = matches;
  }

  @Override
  public DeltaNode differentiate(Join join, List<DeltaNode> inputs, DeltaContext context) {
    DeltaNode left = inputs.getFirst();
    DeltaNode right = inputs.getLast();
    if (FunctionJoin.isOne(join) && left instanceof SignedRows changed) {
      return new FunctionJoin().differentiate(join, changed, context);
    }
    List<String> selects = new ArrayList<>(terms.of(join, left, right));
    if (join.kind().extendsRight()) {
      selects.add(
          extended(
              join,
              matches.differentiate(
                  "kept",
                  join.left(),
                  left,
                  lookup(join, join.right(), right, join.left()),
                  MatchedRows.Wanted.UNMATCHED,
                  context),
              join.right()));
    }
    if (join.kind().extendsLeft()) {
      selects.add(
          extended(
              join,
              matches.differentiate(
                  "kept",
                  join.right(),
                  right,
                  lookup(join, join.left(), left, join.right()),
                  MatchedRows.Wanted.UNMATCHED,
                  context),
              join.left()));
    }
    Identifier table = context.define("join", "pairs that come and go", MatchedRows.terms(selects));
    return new SignedRows(table, join.columns());
  }

  private static Lookup lookup(Join join, Operator asked, DeltaNode delta, Operator kept) {
    Optional<Scalar> condition = join.condition();
    return new Lookup(
        asked,
        delta,
        condition.orElseGet(() -> Scalar.constant("true")),
        EqualityPairs.of(condition, kept.columns(), asked.columns()));
  }

  /**
   * Beside a plain NULL a UNION ALL gives up a domain for its base type, and a domain may refuse
   * the cast of NULL. What an outer join extends has NULL in it all the same, and keeps its type.
   */
  private static String extended(Join join, SignedRows rows, Operator absent) {
    Identifier alias = Identifier.of("kept");
    Naming naming = Naming.of(alias, rows.columns());
    boolean domains = absent.columns().stream().anyMatch(column -> column.type().isDomain());
    Naming nulls = Naming.of(ABSENT, absent.columns());
    String items =
        join.columns().stream()
            .map(column -> ", " + item(column, absent, naming, nulls))
            .collect(Collectors.joining());
    return "SELECT "
        + alias.quoted()
        + "."
        + HiddenColumns.WEIGHT.quoted()
        + items
        + "\nFROM "
        + rows.table().quoted()
        + " AS "
        + alias.quoted()
        + (domains ? "\nLEFT JOIN " + PresentRows.all(absent, ABSENT) + " ON false" : "");
  }

  private static String item(Column column, Operator absent, Naming naming, Naming nulls) {
    if (!isOf(column, absent)) {
      return naming.column(column);
    }
    return column.type().isDomain() ? nulls.column(column) : "NULL";
  }

  private static boolean isOf(Column column, Operator operator) {
    return operator.columns().stream().anyMatch(own -> own.id().equals(column.id()));
  }
}
