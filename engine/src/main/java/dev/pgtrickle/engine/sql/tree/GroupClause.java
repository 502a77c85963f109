package dev.pgtrickle.engine.sql.tree;

import java.util.List;

/** The GROUP BY clause. */
public record GroupClause(Quantifier quantifier, List<Element> elements) {

  /** A key, or a construct that stands for several lists of keys. */
  public sealed interface Element {

    record Key(Expression expression) implements Element {}

    /** {@code (a, b)}, also without any key. */
    record KeyList(List<Expression> keys) implements Element {}

    /** GROUPING SETS, ROLLUP or CUBE. */
    record Sets(Kind kind, List<Element> elements) implements Element {}
  }

  /** The constructs. */
  public enum Kind {
    GROUPING_SETS("GROUPING SETS "),
    ROLLUP("ROLLUP"),
    CUBE("CUBE");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** As SQL writes it, up to the parenthesis. */
    public String words() {
      return words;
    }
  }
}
