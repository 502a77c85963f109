package dev.pgtrickle.engine.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** Statements of one transaction; the caller begins, commits and rolls back. */
@FunctionalInterface
public interface TransactionWork<R> {

  R run(Connection connection) throws SQLException;
}
