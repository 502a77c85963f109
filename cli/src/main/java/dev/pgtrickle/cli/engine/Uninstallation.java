package dev.pgtrickle.cli.engine;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.postgres.SqlErrors;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls {@code pgtrickle.uninstall()}, which any SQL client can do as well. It gives way to the
 * application after half a second, so it is called again a few times.
 */
public final class Uninstallation implements AutoCloseable {
  private static final int ATTEMPTS = 20;
  private static final long PAUSE_NANOS = 250_000_000;

  private final Connection connection;

  private Uninstallation(Connection connection) {
    this.connection = connection;
  }

  public static Uninstallation begin(ConnectionTarget target) {
    Properties properties = new Properties();
    properties.setProperty("user", target.user());
    properties.setProperty("password", target.password());
    properties.setProperty("ApplicationName", "pgtrickle uninstall");
    try {
      return new Uninstallation(DriverManager.getConnection(target.url(), properties));
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "connecting to " + target);
    }
  }

  public boolean isInstalled() {
    return !query("SELECT 1 WHERE to_regclass('pgtrickle.stream_table') IS NOT NULL").isEmpty();
  }

  /** The tables that would go. */
  public List<String> relations() {
    return query("SELECT relation FROM pgtrickle.stream_tables ORDER BY relation");
  }

  public void run() {
    for (int attempt = 1; ; attempt++) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SELECT pgtrickle.uninstall()");
        return;
      } catch (SQLException failure) {
        TrickleException translated = SqlErrors.translate(failure, "uninstalling");
        if (translated.code().kind() != ErrorCode.Kind.TRANSIENT || attempt == ATTEMPTS) {
          throw translated;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private List<String> query(String sql) {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "looking for stream tables");
    }
    return values;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "closing the connection");
    }
  }
}
