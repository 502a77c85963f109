package dev.pgtrickle.engine.sql.tree;

import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;
import java.util.Optional;

/**
 * A SELECT block.
 *
 * @param distinctOn the expressions of DISTINCT ON
 * @param items what is selected; may be empty
 */
public record Select(
    Quantifier quantifier,
    List<Expression> distinctOn,
    List<SelectItem> items,
    List<FromItem> from,
    Optional<Expression> where,
    Optional<GroupClause> group,
    Optional<Expression> having,
    List<NamedWindow> windows,
    int offset)
    implements QueryBody {

  /** An output column; the canonical text leaves a name out that PostgreSQL would choose itself. */
  public record SelectItem(Expression expression, Optional<Identifier> alias) {}
}
