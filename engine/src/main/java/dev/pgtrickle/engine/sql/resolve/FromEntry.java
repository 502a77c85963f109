package dev.pgtrickle.engine.sql.resolve;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a name of FROM gives.
 *
 * @param alias empty for what can only be referred to by its columns' names
 * @param wholeRow the column that holds all of it, where the query needs that
 */
record FromEntry(
    Optional<Identifier> alias, List<NamedColumn> columns, Optional<ColumnId> wholeRow) {

  /** A column under the name that the query knows it by. */
  record NamedColumn(Identifier name, ColumnId id) {}

  /** The columns under their own names, but for the first ones, which the alias renames. */
  static List<NamedColumn> named(List<Column> columns, List<Identifier> renamed) {
    List<NamedColumn> named = new ArrayList<>();
    for (int index = 0; index < columns.size(); index++) {
      Column column = columns.get(index);
      named.add(
          new NamedColumn(
              index < renamed.size() ? renamed.get(index) : column.name(), column.id()));
    }
    return List.copyOf(named);
  }

  List<ColumnId> find(Identifier name) {
    return columns.stream()
        .filter(column -> column.name().equals(name))
        .map(NamedColumn::id)
        .toList();
  }
}
