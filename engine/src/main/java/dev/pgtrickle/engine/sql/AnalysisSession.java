package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.SqlErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * A pinned session in autocommit mode that lends itself to analyse queries. Everything happens in a
 * transaction that is always rolled back, with the rights of the query's owner.
 */
public final class AnalysisSession {
  private static final String UNDEFINED_ROLE = "22023";

  private final Connection connection;
  private final Identifier targetSchema;
  private final Optional<Identifier> owner;

  /**
   * @param targetSchema where the stream table will stand; its relations are found first
   * @param owner the role whose rights the query has; empty = the session's own
   */
  public AnalysisSession(
      Connection connection, Identifier targetSchema, Optional<Identifier> owner) {
    this.connection = connection;
    this.targetSchema = targetSchema;
    this.owner = owner;
  }

  /** Runs the work and rolls back whatever it did. */
  <R> R rolledBack(AnalysisWork<R> work) {
    try {
      execute("BEGIN");
      try {
        execute("SET LOCAL statement_timeout = '30s'");
        owner.ifPresent(this::become);
        execute("SET LOCAL search_path = " + targetSchema.quoted() + ", public, pg_temp");
        return work.run(connection);
      } finally {
        execute("ROLLBACK");
      }
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "analysing the query");
    }
  }

  /**
   * From here on names are printed in full: for reading what PostgreSQL understood. Until then
   * names are found as the user meant them.
   */
  void readCanonically() throws SQLException {
    execute("SET LOCAL search_path = pg_catalog");
    execute("SET LOCAL quote_all_identifiers = on");
  }

  /** Back to the engine's own rights. */
  void becomeEngine() throws SQLException {
    execute("SET LOCAL ROLE NONE");
  }

  boolean hasOwner() {
    return owner.isPresent();
  }

  /** One statement; neither ? nor braces mean anything to the driver. */
  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }

  private void become(Identifier role) {
    try {
      execute("SET LOCAL ROLE " + role.quoted());
    } catch (SQLException failure) {
      boolean unknown = UNDEFINED_ROLE.equals(failure.getSQLState());
      throw TrickleException.of(
              unknown ? ErrorCode.NOT_FOUND : ErrorCode.PERMISSION_DENIED,
              "cannot act as the owner " + role + ": " + SqlErrors.message(failure),
              unknown
                  ? "create the role, or name another owner"
                  : "grant the owner role to the engine's role")
          .causedBy(failure.getSQLState(), failure);
    }
  }
}
