package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How expressions name the columns of the FROM items of one SELECT. */
final class Naming {
  private final Map<ColumnId, String> names;

  private Naming(Map<ColumnId, String> names) {
    this.names = names;
  }

  static Naming of(Identifier alias, List<Column> columns) {
    return new Naming(Map.of()).and(alias, columns);
  }

  /** These and the columns of another FROM item. */
  Naming and(Identifier alias, List<Column> columns) {
    Map<ColumnId, String> all = new HashMap<>(names);
    columns.forEach(column -> all.put(column.id(), alias.quoted() + "." + column.name().quoted()));
    return new Naming(all);
  }

  String text(Scalar scalar) {
    return scalar.render(this::name);
  }

  /** The columns as a SELECT list under their own names. */
  String list(List<Column> columns) {
    return columns.stream().map(column -> ", " + name(column.id())).collect(Collectors.joining());
  }

  /** A column's name, without anything around it. */
  String column(Column column) {
    return name(column.id());
  }

  private String name(ColumnId id) {
    String name = names.get(id);
    if (name == null) {
      throw new IllegalStateException("column " + id + " is not visible here");
    }
    return name;
  }
}
