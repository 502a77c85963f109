package dev.pgtrickle.engine.sql.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The columns that may be named at the place where a query is being written, and new names. */
final class Scopes {
  private final List<List<Col>> scopes = new ArrayList<>();
  private int names;

  /** A column as it is named. */
  record Col(String sql, GeneratedType type) {}

  /** A number that no name has yet. */
  int next() {
    return names++;
  }

  void open(List<Col> columns) {
    scopes.add(new ArrayList<>(columns));
  }

  List<Col> close() {
    return scopes.removeLast();
  }

  /** Those of this query, to be added to. */
  List<Col> own() {
    return scopes.getLast();
  }

  boolean isEmpty() {
    return scopes.isEmpty();
  }

  boolean isNested() {
    return scopes.size() > 1;
  }

  /** Those of the query around this one. */
  List<Col> outer() {
    return scopes.get(scopes.size() - 2);
  }

  /** The columns of a table of the schema. */
  void addTable(String alias) {
    for (GeneratedType type : GeneratedType.values()) {
      own().add(new Col(alias + "." + type.column(), type));
    }
    own().add(new Col(alias + ".id", GeneratedType.INT));
  }

  /** The columns c0, c1, ... of a query. */
  static List<Col> columns(String alias, List<GeneratedType> types) {
    return IntStream.range(0, types.size())
        .mapToObj(index -> new Col(alias + ".c" + index, types.get(index)))
        .toList();
  }
}
