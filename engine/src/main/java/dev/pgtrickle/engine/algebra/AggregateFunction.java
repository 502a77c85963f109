package dev.pgtrickle.engine.algebra;

/** The aggregates that are maintained from their own state. */
public enum AggregateFunction {
  COUNT_ROWS("count"),
  COUNT_VALUES("count"),
  SUM("sum"),
  AVERAGE("avg"),
  LEAST("min"),
  GREATEST("max"),
  ALL_TRUE("bool_and"),
  ANY_TRUE("bool_or"),
  BITS("bit_xor");

  private final String sqlName;

  AggregateFunction(String sqlName) {
    this.sqlName = sqlName;
  }

  /** PostgreSQL's name for it. */
  public String sqlName() {
    return sqlName;
  }
}
