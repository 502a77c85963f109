package dev.pgtrickle.engine.sql.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes changes of the generated tables, a batch at a time: rows that come, go and come again,
 * equal values that look otherwise, keys that change, groups that are left, copies of which one
 * goes, updates that change nothing, transactions that are undone in part.
 */
final class ChangeGenerator {
  private static final int MOST_STATEMENTS = 4;

  private final Choices choices;

  ChangeGenerator(Choices choices) {
    this.choices = choices;
  }

  /** Statements that are refreshed together. */
  List<String> batch() {
    List<String> statements = new ArrayList<>();
    int count = 1 + choices.next(MOST_STATEMENTS);
    for (int number = 0; number < count; number++) {
      statements.add(statement());
    }
    return choices.once(4) ? transaction(statements) : statements;
  }

  /** The first statement may be undone. */
  private List<String> transaction(List<String> statements) {
    List<String> all = new ArrayList<>(List.of("BEGIN", "SAVEPOINT before"));
    all.add(statements.getFirst());
    all.add(choices.of("RELEASE SAVEPOINT before", "ROLLBACK TO SAVEPOINT before"));
    all.addAll(statements.subList(1, statements.size()));
    all.add("COMMIT");
    return all;
  }

  private String statement() {
    return switch (choices.next(16)) {
      case 0, 1, 2 -> insertion();
      case 3 ->
          "INSERT INTO %s SELECT * FROM t%d WHERE %s"
              .formatted(keyless(), choices.next(3), condition());
      case 4, 5, 6 -> "UPDATE %s SET %s WHERE %s".formatted(table(), assignments(), condition());
      case 7 -> "UPDATE %s SET %s WHERE %s".formatted(table(), sameValue(), condition());
      case 8 -> "UPDATE %s SET %s".formatted(table(), otherImage());
      case 9 ->
          "UPDATE %s SET id = id + %d WHERE %s"
              .formatted(table(), 1000 * (1 + choices.next(9)), condition());
      case 10 -> "UPDATE t0 SET id = -id WHERE %s".formatted(condition());
      case 11, 12 -> "DELETE FROM %s WHERE %s".formatted(table(), condition());
      case 13 -> oneCopyGoes();
      case 14 ->
          "UPDATE %s SET i = (i + 1) %% 4, s = %s WHERE %s"
              .formatted(table(), value(GeneratedType.TEXT), condition());
      default -> choices.once(3) ? "TRUNCATE " + table() : "DELETE FROM " + table();
    };
  }

  private String insertion() {
    List<GeneratedType> types = new ArrayList<>();
    for (GeneratedType type : GeneratedType.values()) {
      if (choices.once(3)) {
        types.add(type);
      }
    }
    String columns = types.stream().map(type -> ", " + type.column()).collect(Collectors.joining());
    List<String> rows = new ArrayList<>();
    for (int row = 0; row <= choices.next(3); row++) {
      rows.add(
          types.stream()
              .map(type -> ", " + value(type))
              .collect(Collectors.joining("", "(" + (100 + choices.next(400)), ")")));
    }
    return "INSERT INTO %s (id%s) VALUES %s".formatted(table(), columns, String.join(", ", rows));
  }

  private String assignments() {
    List<GeneratedType> types = new ArrayList<>(List.of(choices.of(GeneratedType.values())));
    GeneratedType second = choices.of(GeneratedType.values());
    if (choices.once(2) && second != types.getFirst()) {
      types.add(second);
    }
    return types.stream()
        .map(type -> type.column() + " = " + value(type))
        .collect(Collectors.joining(", "));
  }

  private String sameValue() {
    String column = choices.of(GeneratedType.values()).column();
    return column + " = " + column;
  }

  /** Equal to what was there, and not the same. */
  private String otherImage() {
    return choices.of(
        "n = n + 0.000",
        "n = trim_scale(n)",
        "f = CASE WHEN f = 0 THEN -f ELSE f END",
        "r = CASE WHEN r = 0 THEN -r ELSE r END",
        "iv = justify_days(iv)",
        "iv = CASE WHEN iv = '1 day' THEN '24 hours' ELSE iv END",
        "j = replace(j::text, '1', '1.0')::jsonb",
        "cl = upper(cl)",
        "cl = lower(cl)");
  }

  private String oneCopyGoes() {
    String table = keyless();
    return "DELETE FROM %1$s WHERE ctid = (SELECT %2$s(ctid) FROM %1$s WHERE %3$s)"
        .formatted(table, choices.of("min", "max"), condition());
  }

  private String condition() {
    return switch (choices.next(7)) {
      case 0 -> "id %% %d = %d".formatted(2 + choices.next(4), choices.next(2));
      case 1 -> "i = " + choices.next(4);
      case 2 -> "i IS NULL";
      case 3 -> "id > " + choices.of("3", "8", "100", "0");
      case 4 -> choices.of(GeneratedType.values()).column() + " IS NOT NULL";
      case 5 -> "n = 1.5 OR f = 0 OR cl = 'x1'";
      default -> "s = 'x1'";
    };
  }

  private String value(GeneratedType type) {
    List<String> values = PitfallValues.of(type);
    return values.get(choices.next(values.size()));
  }

  private String table() {
    return "t" + choices.next(3);
  }

  /** Those in which rows may be there twice. */
  private String keyless() {
    return choices.of("t1", "t2");
  }
}
