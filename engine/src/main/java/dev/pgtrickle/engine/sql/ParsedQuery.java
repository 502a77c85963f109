package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.util.List;
import java.util.Optional;

/** The canonical text of a query, parsed. */
record ParsedQuery(
    List<SelectItem> items, SourceTable source, Optional<Expression> where, List<Expression> keys) {

  /** An output column; the canonical text leaves a name out that PostgreSQL would choose itself. */
  record SelectItem(Expression expression, Optional<Identifier> alias) {}

  /**
   * The one table, under its alias, with its columns renamed.
   *
   * @param columnAliases empty, or one for every column of the table
   */
  record SourceTable(
      QualifiedName name, Optional<Identifier> alias, List<Identifier> columnAliases) {

    /** What a qualified column reference begins with. */
    Identifier qualifier() {
      return alias.orElse(name.name());
    }
  }
}
