package dev.pgtrickle.engine.sql.oracle;

/** Whether queries may have several right answers, as those that cut rows that tie do. */
enum Answers {
  ONE,
  SEVERAL
}
