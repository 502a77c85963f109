package dev.pgtrickle.testbed.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A fresh, empty database of one test, owned by a role of its own that is no superuser, because the
 * product must do without. Closing it drops both.
 */
public final class TestDatabase implements AutoCloseable {
  private static final int FIRST_WITH_STRATEGIES = 15;

  private final EmbeddedPostgres server;
  private final String name;
  private final String user;
  private final LastingSession observer;

  private TestDatabase(EmbeddedPostgres server, String name, String user) {
    this.server = server;
    this.name = name;
    this.user = user;
    this.observer = new LastingSession(server.jdbcUrl(name, user));
  }

  /** A database on the shared server of this version. */
  public static TestDatabase create(PostgresVersion version) throws SQLException {
    return create(TestServers.server(version));
  }

  /** A database on the shared server of this version with other settings. */
  public static TestDatabase create(PostgresVersion version, ServerVariant variant)
      throws SQLException {
    return create(TestServers.server(version, variant));
  }

  /** A database on a server of the test's own. */
  public static TestDatabase create(EmbeddedPostgres server) throws SQLException {
    try (Connection administrator = server.connect("postgres", "postgres")) {
      SqlSession session = new SqlSession(administrator);
      session.execute("create sequence if not exists test_number");
      long number = session.queryLong("select nextval('test_number')");
      TestDatabase database = new TestDatabase(server, "test_" + number, "app_" + number);
      session.execute(
          "create role " + database.user + " login",
          "create database " + database.name + " owner " + database.user + strategy(server));
      return database;
    }
  }

  /** Copied as files, not through the log, which a test would only fill. */
  private static String strategy(EmbeddedPostgres server) {
    return server.version().major() < FIRST_WITH_STRATEGIES ? "" : " strategy file_copy";
  }

  /** The database's name. */
  public String name() {
    return name;
  }

  /** The role that owns the database. */
  public String user() {
    return user;
  }

  /** The server that the database is on. */
  public EmbeddedPostgres server() {
    return server;
  }

  /** The version of the server. */
  public PostgresVersion version() {
    return server.version();
  }

  /** A URL that connects as the owner. */
  public String jdbcUrl() {
    return server.jdbcUrl(name, user);
  }

  /** A URL that connects as another role. */
  public String jdbcUrl(String role) {
    return server.jdbcUrl(name, role);
  }

  /** A session of the owner. */
  public Connection connect() throws SQLException {
    return server.connect(name, user);
  }

  /** A session of a superuser, for what a product's user cannot do. */
  public Connection connectAsSuperuser() throws SQLException {
    return server.connect(name, "postgres");
  }

  /** Runs statements as the owner, each in a transaction of its own, all in one session. */
  public void execute(String... statements) throws SQLException {
    try (Connection connection = connect()) {
      new SqlSession(connection).execute(statements);
    }
  }

  /** Runs statements as a superuser, each in a transaction of its own, all in one session. */
  public void executeAsSuperuser(String... statements) throws SQLException {
    try (Connection connection = connectAsSuperuser()) {
      new SqlSession(connection).execute(statements);
    }
  }

  /** The rows of a query as the owner, in a session that all queries of the test share. */
  public List<List<@Nullable Object>> query(String sql, Object... parameters) throws SQLException {
    return observer.ask(session -> session.query(sql, parameters));
  }

  /** The single value of a query as the owner, as PostgreSQL prints it. */
  public @Nullable String queryText(String sql, Object... parameters) throws SQLException {
    return observer
        .ask(session -> Optional.ofNullable(session.queryText(sql, parameters)))
        .orElse(null);
  }

  /** The single number of a query as the owner. */
  public long queryLong(String sql, Object... parameters) throws SQLException {
    return observer.ask(session -> session.queryLong(sql, parameters));
  }

  /** Drops the database, whoever is connected, and its owner. */
  @Override
  public void close() throws SQLException {
    observer.close();
    rollBackPrepared();
    try (Connection administrator = server.connect("postgres", "postgres")) {
      new SqlSession(administrator)
          .execute(
              "drop database if exists " + name + " with (force)", "drop role if exists " + user);
    }
  }

  /** Prepared transactions would keep the database, even from a forced drop. */
  private void rollBackPrepared() throws SQLException {
    try (Connection administrator = server.connect("postgres", "postgres")) {
      List<List<@Nullable Object>> prepared =
          new SqlSession(administrator)
              .query("select quote_literal(gid) from pg_prepared_xacts where database = ?", name);
      for (List<@Nullable Object> row : prepared) {
        // Only a session of the same database may end them.
        executeAsSuperuser("rollback prepared " + row.getFirst());
      }
    }
  }
}
