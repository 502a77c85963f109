package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.sql.SqlWords;

/** The JDBC driver takes a question mark outside of quotes for a parameter. */
public final class DriverText {

  private DriverText() {}

  /** The SQL as a person writes it. */
  public static String operatorsSingle(String sql) {
    return sql.indexOf('?') < 0
        ? sql
        : SqlWords.mapOperators(sql, operator -> operator.replace("??", "?"));
  }

  /** The SQL with every question mark of an operator, such as jsonb's, doubled. */
  static String operatorsDoubled(String sql) {
    return sql.indexOf('?') < 0
        ? sql
        : SqlWords.mapOperators(sql, operator -> operator.replace("?", "??"));
  }
}
