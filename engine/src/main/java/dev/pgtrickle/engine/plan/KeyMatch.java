package dev.pgtrickle.engine.plan;

import java.util.stream.Collectors;

/** The join condition by which a row finds its stored row. */
final class KeyMatch {

  private KeyMatch() {}

  static String condition(StorageKey key, String left, String right) {
    return switch (key) {
      case StorageKey.NotNullKey notNull ->
          notNull.columns().stream()
              .map(column -> left + "." + column.quoted() + " = " + right + "." + column.quoted())
              .collect(Collectors.joining(" AND "));
      case StorageKey.NullableKey nullable -> {
        String hash = nullable.hashColumn().quoted();
        yield nullable.columns().stream()
            .map(column ->
                " AND "
                    + left
                    + "."
                    + column.quoted()
                    + " IS NOT DISTINCT FROM "
                    + right
                    + "."
                    + column.quoted())
            .collect(Collectors.joining("", left + "." + hash + " = " + right + "." + hash, ""));
      }
      case StorageKey.SingleRow _ -> "true";
      case StorageKey.Keyless _ ->
          throw new IllegalArgumentException("rows without a key are matched by their image");
    };
  }
}
