package dev.pgtrickle.cli.stress.process;

import dev.pgtrickle.testbed.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The database as its applications see it; their sessions are told from the product's by name. */
public record Application(TestDatabase database, Outages outages) {
  /** What the product's sessions call themselves. */
  public static final String PRODUCT_NAME = "pgtrickle";

  /** A session of an application. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl() + "&ApplicationName=application");
  }

  /** A session of a superuser. */
  public Connection connectAsSuperuser() throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl("postgres") + "&ApplicationName=observer");
  }

  /** The URL for {@code trickle run --pg}. */
  public String url() {
    return "postgresql://%s@127.0.0.1:%d/%s?sslmode=disable"
        .formatted(database.user(), database.server().port(), database.name());
  }
}
