package dev.pgtrickle.engine.algebra;

/** The aggregates that are maintained from their own state. */
public enum AggregateFunction {
  COUNT_ROWS,
  COUNT_VALUES,
  SUM,
  AVERAGE
}
