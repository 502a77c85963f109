package dev.pgtrickle.engine.storage;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.postgres.SqlErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;

/**
 * Executes what a user wished for around a relation: owner, grants, indexes. These statements name
 * nothing that comes back by itself, so what they miss is missing until somebody acts.
 */
public final class Wishes {
  /** No such column, role, access method or operator class; a type or a key that cannot be had. */
  private static final Set<String> CANNOT_BE_HAD =
      Set.of("42703", "42704", "42804", "42P16", "42P17");

  /** In the caller's transaction. */
  public void execute(Connection connection, QualifiedName relation, List<String> statements)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException failure) {
      if (CANNOT_BE_HAD.contains(String.valueOf(failure.getSQLState()))) {
        throw TrickleException.of(
                ErrorCode.INVALID_MANIFEST,
                "owner, grants or indexes of %s cannot be had: PostgreSQL said: %s"
                    .formatted(relation, SqlErrors.message(failure)),
                "correct spec.owner, spec.grants or spec.indexes, or create what is missing")
            .causedBy(failure.getSQLState(), failure);
      }
      throw failure;
    }
  }
}
