package dev.pgtrickle.engine.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** What is done in the transaction of an analysis. */
@FunctionalInterface
interface AnalysisWork<R> {
  R run(Connection connection) throws SQLException;
}
