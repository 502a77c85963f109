package dev.pgtrickle.engine.algebra;

import dev.pgtrickle.engine.postgres.Identifier;
import java.util.HashSet;
import java.util.List;

/** Names for the columns of a derived table: their own where those are unique. */
final class OutputNames {

  private OutputNames() {}

  static List<Identifier> of(List<Column> columns) {
    return unique(columns.stream().map(Column::name).toList());
  }

  static List<Identifier> unique(List<Identifier> names) {
    if (new HashSet<>(names).size() == names.size()) {
      return names;
    }
    NameAllocator allocator = new NameAllocator();
    return names.stream().map(name -> allocator.allocate(name.name())).toList();
  }
}
