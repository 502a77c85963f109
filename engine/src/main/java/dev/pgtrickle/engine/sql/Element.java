package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.AggregateFunction;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.sql.token.Token;
import java.util.Optional;

/** A piece of a parsed expression. */
sealed interface Element {

  /** The element as the canonical text has it, with the blank before it. */
  String spaced();

  /** A word that is passed on as it is. */
  record Text(Token token) implements Element {
    @Override
    public String spaced() {
      return token.spaced();
    }
  }

  /** A reference to a column of the query's table. */
  record ColumnReference(String spaced, Optional<Identifier> qualifier, Identifier name)
      implements Element {}

  /** A call of one of the supported aggregates; no argument means {@code *}. */
  record AggregateReference(
      String lead, Identifier name, AggregateFunction function, Optional<Expression> argument)
      implements Element {
    @Override
    public String spaced() {
      return lead + name.quoted() + "(" + argument.map(Expression::text).orElse("*") + ")";
    }
  }
}
