package dev.pgtrickle.cli.demo;

import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.SqlErrors;
import dev.pgtrickle.testbed.postgres.EmbeddedPostgres;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * An embedded PostgreSQL 18 with a shop in each database that is asked for. The shop belongs to an
 * ordinary role: the engine needs no superuser. It is gone when this is closed.
 */
public final class DemoServer implements AutoCloseable {
  private static final String ROLE = "shop";
  private static final String SUPERUSER = "postgres";

  private final EmbeddedPostgres server;
  private final Map<String, ConnectionTarget> databases = new LinkedHashMap<>();

  private DemoServer(EmbeddedPostgres server) {
    this.server = server;
  }

  /** Starts the server; the first time on a machine its binaries are unpacked. */
  public static DemoServer start(Consumer<String> progress) {
    DemoServer demo =
        new DemoServer(
            EmbeddedPostgres.builder(PostgresVersion.ofMajor(18)).progress(progress).start());
    demo.asSuperuser("CREATE ROLE " + ROLE + " LOGIN");
    return demo;
  }

  /** A database with the shop in it, made when it is asked for first. */
  public ConnectionTarget database(String name) {
    return databases.computeIfAbsent(name, this::create);
  }

  /** What has been made, by name. */
  public Map<String, ConnectionTarget> databases() {
    return Map.copyOf(databases);
  }

  /** The address for any client; nobody needs a password. */
  public String url(String database) {
    return "postgresql://" + ROLE + "@127.0.0.1:" + server.port() + "/" + database;
  }

  private ConnectionTarget create(String name) {
    asSuperuser("CREATE DATABASE " + Identifier.of(name).quoted() + " OWNER " + ROLE);
    ConnectionTarget target = new ConnectionTarget(server.jdbcUrl(name, ROLE), ROLE, "");
    try (Connection connection = DriverManager.getConnection(target.url());
        Statement statement = connection.createStatement()) {
      statement.execute(SampleFiles.shop());
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "filling the sample shop");
    }
    return target;
  }

  private void asSuperuser(String sql) {
    try (Connection connection = server.connect(SUPERUSER, SUPERUSER);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "preparing the demo's server");
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
