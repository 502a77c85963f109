package dev.pgtrickle.engine.sql.resolve;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.CommonTableId;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A common table while it is defined, and after that. */
final class CommonTableEntry {
  private final CommonTableId id;
  private final Identifier name;
  private final List<Identifier> renamed;
  private @Nullable List<Column> columns;
  private boolean readByItself;

  /**
   * @param renamed new names for its columns, from the first one on
   */
  CommonTableEntry(CommonTableId id, Identifier name, List<Identifier> renamed) {
    this.id = id;
    this.name = name;
    this.renamed = renamed;
  }

  CommonTableId id() {
    return id;
  }

  Identifier name() {
    return name;
  }

  /** Known once the part that is not recursive is resolved. */
  @Nullable List<Column> columns() {
    return columns;
  }

  /** Says what the columns are; they get their new names. */
  List<Column> define(List<Column> found) {
    List<Column> named = new ArrayList<>();
    for (int index = 0; index < found.size(); index++) {
      Column column = found.get(index);
      Identifier known = index < renamed.size() ? renamed.get(index) : column.name();
      named.add(new Column(column.id(), known, column.type(), column.nullability()));
    }
    columns = List.copyOf(named);
    return columns;
  }

  void readByItself() {
    readByItself = true;
  }

  boolean isReadByItself() {
    return readByItself;
  }
}
