package dev.pgtrickle.engine.runtime;

/** How exactly the rows of each table are counted. */
enum RowFigures {
  /** One count a table, where that is cheap: for a person who looks. */
  EXACT,
  /** What the server's statistics say, some seconds late: for those who look all the time. */
  STATISTICS
}
