package dev.pgtrickle.engine.algebra.property;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.relations.CollationFacts;
import dev.pgtrickle.engine.relations.ColumnType;
import dev.pgtrickle.engine.relations.Equality;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Property: the part of a join's condition that compares both sides by PostgreSQL's own {@code =},
 * so that the rows of one side which meet some rows of the other can be looked up by key.
 *
 * @param pairs never claims a pair wrongly; empty = every row of a side has to be looked at
 * @param coverage whether the pairs are the whole condition
 */
public record EqualityPairs(List<Pair> pairs, Coverage coverage) {

  /**
   * Two expressions that are compared.
   *
   * @param kept over the side whose rows are looked up
   * @param key a column of the other side, of a type whose equal values form classes
   */
  public record Pair(Scalar kept, Column key) {}

  /** How much of the condition the pairs are. */
  public enum Coverage {
    WHOLE,
    PART
  }

  /** What the rows that meet others are looked up by. */
  public List<Scalar> lookedUp() {
    return pairs.stream().map(Pair::kept).toList();
  }

  /** The columns of the others. */
  public List<Scalar> others() {
    return pairs.stream().map(pair -> Scalar.of(pair.key().id())).toList();
  }

  public static EqualityPairs of(
      Optional<Scalar> condition, List<Column> kept, List<Column> others) {
    List<Pair> pairs = new ArrayList<>();
    Coverage coverage = Coverage.WHOLE;
    List<Scalar> conjuncts = condition.map(Scalar::conjuncts).orElse(List.of());
    for (Scalar conjunct : conjuncts) {
      Optional<Pair> pair = pair(conjunct.bare(), kept, others);
      pair.ifPresent(pairs::add);
      if (pair.isEmpty()) {
        coverage = Coverage.PART;
      }
    }
    return new EqualityPairs(List.copyOf(pairs), coverage);
  }

  private static Optional<Pair> pair(Scalar condition, List<Column> kept, List<Column> others) {
    if (condition.form() != Form.INFIX || !condition.operator().equals("=")) {
      return Optional.empty();
    }
    Scalar left = condition.operands().getFirst();
    Scalar right = condition.operands().getLast();
    return oriented(left, right, kept, others).or(() -> oriented(right, left, kept, others));
  }

  private static Optional<Pair> oriented(
      Scalar one, Scalar other, List<Column> kept, List<Column> others) {
    Set<ColumnId> own = new HashSet<>();
    kept.forEach(column -> own.add(column.id()));
    boolean lookedUp = !one.references().isEmpty() && own.containsAll(one.references());
    return lookedUp
        ? other
            .asColumn()
            .flatMap(id -> others.stream().filter(column -> column.id().equals(id)).findFirst())
            .filter(column -> formsClasses(column.type()) && comparesBytewise(column, one, kept))
            .map(column -> new Pair(one, column))
        : Optional.empty();
  }

  /** The condition may compare by another collation than the one that would make the classes. */
  private static boolean formsClasses(ColumnType type) {
    return isBytewise(type) && type.equality() != Equality.NONE;
  }

  /**
   * Whether equal values of the key look up the same rows only: a collation of the other expression
   * may find values equal that are two keys. What it comes from is seen in columns alone.
   */
  private static boolean comparesBytewise(Column key, Scalar kept, List<Column> columns) {
    if (key.type().collation().isEmpty()) {
      return true;
    }
    String text = kept.render(_ -> "");
    // A name with a schema may be that of a collation, or of a domain that brings its own.
    return !text.contains("COLLATE")
        && !text.contains(".")
        && columns.stream()
            .filter(column -> kept.references().contains(column.id()))
            .allMatch(column -> isBytewise(column.type()));
  }

  private static boolean isBytewise(ColumnType type) {
    return type.collation()
        .map(facts -> facts.determinism() == CollationFacts.Determinism.DETERMINISTIC)
        .orElse(true);
  }
}
