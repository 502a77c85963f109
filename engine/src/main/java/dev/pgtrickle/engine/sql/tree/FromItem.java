package dev.pgtrickle.engine.sql.tree;

import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;
import java.util.Optional;

/** Something that FROM lists. */
public sealed interface FromItem {

  /**
   * A table, a view or a common table.
   *
   * @param path the name with its schema, or a common table's name alone
   * @param sample the TABLESAMPLE clause, with the blank before it
   */
  record Table(
      List<Identifier> path, Reach reach, Optional<TableAlias> alias, List<Part> sample, int offset)
      implements FromItem {}

  /** Whether the tables that inherit from a table are read with it. */
  enum Reach {
    WITH_DESCENDANTS,
    ONLY
  }

  record Derived(Laterality laterality, Query query, Optional<TableAlias> alias, int offset)
      implements FromItem {}

  /** Whether an item may refer to those before it. */
  enum Laterality {
    INDEPENDENT,
    LATERAL
  }

  /**
   * One function or several.
   *
   * @param call as the text has it
   * @param definitions the column definitions of a function that returns records, as text
   */
  record Function(
      Laterality laterality,
      List<Part> call,
      Ordinality ordinality,
      Optional<TableAlias> alias,
      List<ColumnDefinition> definitions,
      int offset)
      implements FromItem {}

  /** Whether rows are numbered in a column of their own. */
  enum Ordinality {
    NONE,
    NUMBERED
  }

  /** A column's name and the text of its type. */
  record ColumnDefinition(Identifier name, String type) {}

  /**
   * Two items joined.
   *
   * @param using the columns of USING; the names of NATURAL do not occur in canonical text
   * @param usingAlias a name for the merged columns alone
   * @param alias a name for the whole, which hides those within
   */
  record Joined(
      Kind kind,
      FromItem left,
      FromItem right,
      Optional<Expression> condition,
      List<Identifier> using,
      Optional<Identifier> usingAlias,
      Optional<TableAlias> alias,
      int offset)
      implements FromItem {}

  /** The kinds of joins. */
  enum Kind {
    INNER("JOIN"),
    LEFT("LEFT JOIN"),
    RIGHT("RIGHT JOIN"),
    FULL("FULL JOIN"),
    CROSS("CROSS JOIN");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** As SQL writes it. */
    public String words() {
      return words;
    }
  }
}
