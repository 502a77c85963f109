package dev.pgtrickle.engine.postgres;

import java.sql.SQLException;

/**
 * What is done in an open snapshot. It commits through {@link OpenSnapshot#commit}; when it returns
 * without having done so, the transaction is rolled back.
 */
@FunctionalInterface
public interface SnapshotWork<S, R> {

  R run(S state, OpenSnapshot snapshot) throws SQLException;
}
