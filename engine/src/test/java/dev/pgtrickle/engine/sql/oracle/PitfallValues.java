package dev.pgtrickle.engine.sql.oracle;

import java.util.List;

/**
 * What changes write: above all values that are equal and do not look the same, those that order or
 * add up in their own way, and NULL.
 */
final class PitfallValues {
  private PitfallValues() {}

  static List<String> of(GeneratedType type) {
    return switch (type) {
      case INT, LONG -> List.of("1", "0", "NULL", "-1", "2");
      case SHORT -> List.of("2", "NULL", "-3", "0");
      case TEXT, BYTEWISE ->
          List.of("'x1'", "NULL", "''", "'X1'", "'x1 '", "'\u00e9'", "'e\u0301'");
      case WORD -> List.of("'w1'", "NULL", "'W1'", "''");
      case CHAR -> List.of("'c1'", "NULL", "'C1'", "'c1  '");
      case NUMERIC -> List.of("1.5", "1.50", "0", "0.00", "NULL", "-0.0", "1.500");
      case FLOAT -> List.of("0", "'-0'", "NULL", "'NaN'", "0.1", "'Infinity'", "1e20");
      case REAL -> List.of("0", "'-0'", "NULL", "0.1", "'NaN'");
      case BOOL -> List.of("true", "NULL", "false");
      case DATE -> List.of("'2024-01-02'", "NULL", "'infinity'", "'2024-01-01'");
      case TIME -> List.of("'2024-03-31 01:00+00'", "NULL", "'2024-03-31 03:00+02'");
      case CLOCK -> List.of("'2024-02-01 10:00'", "NULL", "'-infinity'");
      case SPAN -> List.of("'1 day'", "'24 hours'", "NULL", "'1 mon'", "'30 days'", "'0'");
      case ARRAY -> List.of("'{1,NULL}'", "NULL", "'{}'", "'[0:1]={1,2}'", "'{2,1}'");
      case TEXTS -> List.of("'{x1}'", "NULL", "'{NULL}'", "'{}'");
      case JSON ->
          List.of(
              "'{\"k\": 1}'", "'{\"k\": 1.0}'", "NULL", "'null'", "'{\"k\": 1.00}'", "'[1, 2]'");
      case MOOD -> List.of("'ok'", "NULL", "'happy'");
      case UUID -> List.of("'00000000-0000-0000-0000-000000000001'", "NULL");
      case PLACE -> List.of("ROW('s1', 1)", "NULL", "ROW(NULL, NULL)", "ROW('s1', NULL)");
      case BYTES -> List.of("'\\x0102'", "NULL", "''");
      case RANGE -> List.of("'[2024-01-01,2024-01-03)'", "'empty'", "NULL", "'[2024-01-02,)'");
      case POSITIVE -> List.of("3", "NULL", "1");
      case CASELESS -> List.of("'x1'", "'X1'", "NULL", "'y'");
    };
  }
}
