package dev.pgtrickle.cli.replay;

import dev.pgtrickle.engine.postgres.ConnectionTarget;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A database of one run of one case. */
final class CaseDatabase implements AutoCloseable {
  private final String url;
  private final String user;
  private final Removal removal;

  /** Drops the database. */
  @FunctionalInterface
  interface Removal {
    void run() throws SQLException;
  }

  CaseDatabase(String url, String user, Removal removal) {
    this.url = url;
    this.user = user;
    this.removal = removal;
  }

  ConnectionTarget target() {
    return new ConnectionTarget(url, user, "");
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url);
  }

  @Override
  public void close() throws SQLException {
    removal.run();
  }
}
