package dev.pgtrickle.engine.algebra;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * An expression as PostgreSQL printed it, in which only the column references and the queries are
 * known. Its text is never re-typed, re-cast or re-ordered. A reference is replaced by another
 * column reference or by something in parentheses, so that precedence cannot change.
 *
 * @param operator the operator, type, words or function name, as the form demands; else empty
 */
public record Scalar(Form form, String operator, List<Piece> pieces) {

  /** A stretch of PostgreSQL's text, or something in it that is understood. */
  public sealed interface Piece permits Text, Reference, Operand, Subquery {}

  public record Text(String sql) implements Piece {}

  public record Reference(ColumnId column) implements Piece {}

  public record Operand(Scalar scalar) implements Piece {}

  /** A query within the expression; it may refer to columns around it. */
  public record Subquery(Operator plan) implements Piece {}

  /** Text of which only the references are known. */
  public Scalar(List<Piece> pieces) {
    this(
        pieces.size() == 1 && pieces.getFirst() instanceof Reference ? Form.COLUMN : Form.OPAQUE,
        "",
        pieces);
  }

  public static Scalar of(ColumnId column) {
    return new Scalar(Form.COLUMN, "", List.of(new Reference(column)));
  }

  /** SQL without any column in it. */
  public static Scalar constant(String sql) {
    return new Scalar(Form.CONSTANT, "", List.of(new Text(sql)));
  }

  /** Two operands with an operator between them, in parentheses. */
  public static Scalar infix(Form form, Scalar left, String operator, Scalar right) {
    return new Scalar(
            form,
            operator,
            List.of(new Operand(left), new Text(" " + operator + " "), new Operand(right)))
        .parenthesised();
  }

  /** All of them at once; there has to be at least one. */
  public static Scalar and(List<Scalar> conditions) {
    if (conditions.size() == 1) {
      return conditions.getFirst();
    }
    List<Piece> pieces = new ArrayList<>();
    for (Scalar condition : conditions) {
      if (!pieces.isEmpty()) {
        pieces.add(new Text(" AND "));
      }
      pieces.add(new Operand(condition));
    }
    return new Scalar(Form.AND, "AND", List.copyOf(pieces)).parenthesised();
  }

  public Scalar parenthesised() {
    return new Scalar(
        Form.PARENTHESES, "", List.of(new Text("("), new Operand(this), new Text(")")));
  }

  /** What is left without the parentheses around everything. */
  public Scalar bare() {
    Scalar inner = this;
    while (inner.form == Form.PARENTHESES) {
      inner = inner.operands().getFirst();
    }
    return inner;
  }

  /** The conditions that all have to be true, taken apart. */
  public List<Scalar> conjuncts() {
    Scalar inner = bare();
    return inner.form == Form.AND
        ? inner.operands().stream().flatMap(operand -> operand.conjuncts().stream()).toList()
        : List.of(this);
  }

  public List<Scalar> operands() {
    return pieces.stream()
        .filter(Operand.class::isInstance)
        .map(piece -> ((Operand) piece).scalar())
        .toList();
  }

  /** The query of a form that has one. */
  public Optional<Operator> query() {
    return pieces.stream()
        .filter(Subquery.class::isInstance)
        .map(piece -> ((Subquery) piece).plan())
        .findFirst();
  }

  /** The column, when the expression is nothing else. */
  public Optional<ColumnId> asColumn() {
    return bare().pieces.size() == 1 && bare().pieces.getFirst() instanceof Reference reference
        ? Optional.of(reference.column())
        : Optional.empty();
  }

  /** All columns that it needs, those that its queries take from around them included. */
  public Set<ColumnId> references() {
    Set<ColumnId> found = new LinkedHashSet<>();
    collect(found);
    return found;
  }

  private void collect(Set<ColumnId> found) {
    for (Piece piece : pieces) {
      switch (piece) {
        case Text _ -> {
          // Refers to nothing.
        }
        case Reference reference -> found.add(reference.column());
        case Operand operand -> operand.scalar().collect(found);
        case Subquery subquery -> found.addAll(FreeColumns.of(subquery.plan()));
      }
    }
  }

  /** The expression and all expressions in it, but not those of its queries. */
  public List<Scalar> withAllOperands() {
    List<Scalar> found = new ArrayList<>();
    found.add(this);
    for (int index = 0; index < found.size(); index++) {
      found.addAll(found.get(index).operands());
    }
    return found;
  }

  public boolean hasQuery() {
    return withAllOperands().stream()
        .flatMap(scalar -> scalar.pieces.stream())
        .anyMatch(Subquery.class::isInstance);
  }

  /** The text, with every reference as {@code naming} writes it. */
  public String render(Function<ColumnId, String> naming) {
    return render(
        naming,
        plan -> {
          throw new IllegalStateException("a query stands here: " + plan);
        });
  }

  /** The text, with references and queries as they are written by others. */
  public String render(Function<ColumnId, String> naming, Function<Operator, String> queries) {
    StringBuilder sql = new StringBuilder();
    append(sql, naming, queries);
    return sql.toString();
  }

  private void append(
      StringBuilder sql, Function<ColumnId, String> naming, Function<Operator, String> queries) {
    for (Piece piece : pieces) {
      switch (piece) {
        case Text text -> sql.append(text.sql());
        case Reference reference -> sql.append(naming.apply(reference.column()));
        case Operand operand -> operand.scalar().append(sql, naming, queries);
        case Subquery subquery -> sql.append(queries.apply(subquery.plan()));
      }
    }
  }
}
