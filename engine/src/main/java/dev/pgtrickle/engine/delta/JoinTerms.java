package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Join;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.property.EqualityPairs;
import dev.pgtrickle.engine.delta.DeltaNode.SignedRows;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The matched rows of a join, which are bilinear in both sides. On new states only:
 *
 * <pre>
 *   d(L x R)  =  dL x R'  +  L' x dR  -  dL x dR
 * </pre>
 *
 * <p>The last term takes away what the first two have both counted. A side that has not changed
 * leaves one term.
 */
public class JoinTerms {
  static final Identifier LEFT = Identifier.of("left");
  static final Identifier RIGHT = Identifier.of("right");
  private static final String WEIGHT = HiddenColumns.WEIGHT.quoted();

  /** One SELECT a term: the weight, the columns of the left side, those of the right one. */
  List<String> of(Join join, DeltaNode left, DeltaNode right) {
    List<String> terms = new ArrayList<>();
    if (left instanceof SignedRows changed) {
      terms.add(
          term(join, weight(LEFT), changed(changed, LEFT), present(join, join.right(), RIGHT)));
    }
    if (right instanceof SignedRows changed) {
      terms.add(
          term(join, weight(RIGHT), changed(changed, RIGHT), present(join, join.left(), LEFT)));
    }
    if (left instanceof SignedRows one && right instanceof SignedRows other) {
      countedTwice(join, one, other).ifPresent(terms::add);
    }
    return List.copyOf(terms);
  }

  /** What the first two terms have both counted, with the sign turned round. */
  protected Optional<String> countedTwice(Join join, SignedRows left, SignedRows right) {
    String weight = "-" + weight(LEFT) + " * " + weight(RIGHT);
    String met =
        join.condition()
            .map(condition -> "\nJOIN " + from(right, RIGHT) + "\n  ON " + text(join, condition))
            .orElseGet(() -> "\nCROSS JOIN " + from(right, RIGHT));
    return Optional.of(term(join, weight, changed(left, LEFT), met));
  }

  private static String term(Join join, String weight, String first, String second) {
    Naming naming = naming(join);
    return "SELECT "
        + weight
        + " AS "
        + WEIGHT
        + naming.list(join.left().columns())
        + naming.list(join.right().columns())
        + first
        + second;
  }

  private static String changed(SignedRows rows, Identifier alias) {
    return "\nFROM " + from(rows, alias);
  }

  private static String from(SignedRows rows, Identifier alias) {
    return rows.table().quoted() + " AS " + alias.quoted();
  }

  private static String present(Join join, Operator side, Identifier alias) {
    return join.condition()
        .map(condition ->
            PresentRows.joined(side, alias, text(join, condition), keys(join, side, condition)))
        .orElseGet(() -> "\nCROSS JOIN " + PresentRows.all(side, alias));
  }

  /** What of a side is compared with the other one. */
  private static List<Scalar> keys(Join join, Operator side, Scalar condition) {
    Operator other = side.equals(join.left()) ? join.right() : join.left();
    return EqualityPairs.of(Optional.of(condition), side.columns(), other.columns()).lookedUp();
  }

  private static String text(Join join, Scalar condition) {
    return naming(join).text(condition);
  }

  private static Naming naming(Join join) {
    return Naming.of(LEFT, join.left().columns()).and(RIGHT, join.right().columns());
  }

  private static String weight(Identifier alias) {
    return alias.quoted() + "." + WEIGHT;
  }
}
