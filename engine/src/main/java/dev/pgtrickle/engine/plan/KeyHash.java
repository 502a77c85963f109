package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.delta.HiddenColumns;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.relations.Hashing;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The hidden hash by which rows without a usable key are found. Rows that look the same have the
 * same hash; the recheck tells apart those that only have the same hash.
 */
final class KeyHash {
  static final Identifier COLUMN = HiddenColumns.HASH;

  private KeyHash() {}

  /** The hash of columns of a FROM item. */
  static String of(String alias, List<Column> columns) {
    return columns.stream()
        .map(column -> hashable(column, alias + "." + column.name().quoted()))
        .collect(Collectors.joining(", ", "hash_record_extended(ROW(", "), 0)"));
  }

  /** What has no hash class is hashed by its sent form, which no setting changes. */
  private static String hashable(Column column, String sql) {
    if (column.type().facts().hashing() == Hashing.DIRECT) {
      return sql;
    }
    return column
        .type()
        .facts()
        .sendFunction()
        .map(send -> send.quoted() + "(" + sql + ")")
        .orElse(sql + "::text");
  }
}
