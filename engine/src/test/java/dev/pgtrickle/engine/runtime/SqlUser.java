package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;

/** A login that owns nothing, and a session of it. */
final class SqlUser implements AutoCloseable {
  private final TestDatabase database;
  private final String role;
  private final Connection connection;

  /** Needs a word of its own for each of the logins of one test. */
  SqlUser(TestDatabase database, String word) throws SQLException {
    this.database = database;
    this.role = word + "_" + database.user();
    database.executeAsSuperuser("CREATE ROLE " + role + " LOGIN");
    this.connection = database.server().connect(database.name(), role);
  }

  String role() {
    return role;
  }

  SqlSession session() {
    return new SqlSession(connection);
  }

  /** Also takes away all that was granted to it. */
  @Override
  public void close() throws SQLException {
    connection.close();
    database.executeAsSuperuser("DROP OWNED BY " + role, "DROP ROLE " + role);
  }
}
