package dev.pgtrickle.engine.sql.parser;

import java.util.Set;

/** The key words of functions with a syntax of their own. What is not listed is refused. */
final class SpecialWords {
  private static final Set<String> VALUES =
      Set.of(
          "CURRENT_DATE",
          "CURRENT_TIME",
          "CURRENT_TIMESTAMP",
          "LOCALTIME",
          "LOCALTIMESTAMP",
          "CURRENT_USER",
          "SESSION_USER",
          "CURRENT_ROLE",
          "USER",
          "CURRENT_CATALOG",
          "CURRENT_SCHEMA",
          "SYSTEM_USER");

  private static final Set<String> AGGREGATES =
      Set.of("JSON_OBJECTAGG", "JSON_ARRAYAGG", "GROUPING");

  private static final Set<String> FUNCTIONS =
      Set.of(
          "COALESCE",
          "GREATEST",
          "LEAST",
          "NULLIF",
          "EXTRACT",
          "SUBSTRING",
          "TRIM",
          "POSITION",
          "OVERLAY",
          "NORMALIZE",
          "XMLELEMENT",
          "XMLFOREST",
          "XMLPARSE",
          "XMLSERIALIZE",
          "XMLPI",
          "XMLROOT",
          "XMLEXISTS",
          "XMLCONCAT",
          "JSON_OBJECT",
          "JSON_ARRAY",
          "JSON_VALUE",
          "JSON_QUERY",
          "JSON_EXISTS",
          "JSON",
          "JSON_SCALAR",
          "JSON_SERIALIZE",
          "JSON_TABLE",
          "XMLTABLE",
          "UNNEST");

  private static final Set<String> NOISE =
      Set.of(
          "FROM",
          "FOR",
          "IN",
          "PLACING",
          "BOTH",
          "LEADING",
          "TRAILING",
          "SIMILAR",
          "ESCAPE",
          "ABSENT",
          "NULL",
          "ON",
          "WITH",
          "WITHOUT",
          "UNIQUE",
          "KEYS",
          "WRAPPER",
          "CONDITIONAL",
          "UNCONDITIONAL",
          "KEEP",
          "OMIT",
          "QUOTES",
          "ERROR",
          "EMPTY",
          "DEFAULT",
          "DOCUMENT",
          "CONTENT",
          "VALUE",
          "KEY",
          "FORMAT",
          "JSON",
          "ENCODING",
          "UTF8",
          "UTF16",
          "UTF32",
          "NFC",
          "NFD",
          "NFKC",
          "NFKD",
          "INDENT",
          "NO",
          "VERSION",
          "STANDALONE",
          "YES",
          "PRESERVE",
          "STRIP",
          "WHITESPACE",
          "SCALAR",
          "STRING",
          "OBJECT",
          "ARRAY",
          "TRUE",
          "FALSE",
          "UNKNOWN",
          "PASSING",
          "BY",
          "REF");

  private static final Set<String> DIRECTIONS = Set.of("ASC", "DESC", "NULLS", "FIRST", "LAST");

  private static final Set<String> TESTS =
      Set.of(
          "NOT",
          "NULL",
          "TRUE",
          "FALSE",
          "UNKNOWN",
          "DOCUMENT",
          "NORMALIZED",
          "NFC",
          "NFD",
          "NFKC",
          "NFKD",
          "JSON",
          "VALUE",
          "ARRAY",
          "OBJECT",
          "SCALAR",
          "WITH",
          "WITHOUT",
          "UNIQUE",
          "KEYS");

  private SpecialWords() {}

  static boolean isValue(String word) {
    return VALUES.contains(word);
  }

  static boolean isAggregate(String word) {
    return AGGREGATES.contains(word);
  }

  static boolean isFunction(String word) {
    return FUNCTIONS.contains(word);
  }

  static boolean isNoise(String word) {
    return NOISE.contains(word);
  }

  /** Whether it may follow IS. */
  static boolean isTest(String word) {
    return TESTS.contains(word);
  }

  static boolean isDirection(String word) {
    return DIRECTIONS.contains(word);
  }
}
