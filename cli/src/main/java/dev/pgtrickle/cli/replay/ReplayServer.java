package dev.pgtrickle.cli.replay;

import dev.pgtrickle.engine.runtime.StreamTableEngine;
import dev.pgtrickle.testbed.postgres.EmbeddedPostgres;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * A server that is there for one job only, and its databases. An ordinary role owns them, as in
 * real life.
 */
final class ReplayServer implements AutoCloseable {
  private static final String ROLE = "replay";
  private static final String SUPERUSER = "postgres";
  private static final int FIRST_WITH_STRATEGIES = 15;

  /** Nothing has to outlive a power cut. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "fsync", "off",
          "synchronous_commit", "off",
          "full_page_writes", "off",
          "autovacuum", "off",
          "shared_buffers", "64MB",
          "checkpoint_timeout", "1h",
          "max_wal_size", "512MB");

  private final EmbeddedPostgres server;
  private final Connection administrator;
  private final ExecutorService closing = Executors.newSingleThreadExecutor();
  private int databases;

  private ReplayServer(EmbeddedPostgres server, Connection administrator) {
    this.server = server;
    this.administrator = administrator;
  }

  static ReplayServer start(PostgresVersion version, Consumer<String> progress)
      throws SQLException {
    EmbeddedPostgres server =
        EmbeddedPostgres.builder(version).settings(SETTINGS).progress(progress).start();
    try {
      Connection administrator = server.connect(SUPERUSER, SUPERUSER);
      new SqlSession(administrator).execute("CREATE ROLE " + ROLE + " LOGIN");
      return new ReplayServer(server, administrator);
    } catch (SQLException | RuntimeException failure) {
      server.close();
      throw failure;
    }
  }

  /** A new database that nobody else uses. */
  CaseDatabase create() throws SQLException {
    synchronized (administrator) {
      databases++;
      String name = "case_" + databases;
      new SqlSession(administrator)
          .execute("CREATE DATABASE " + name + " OWNER " + ROLE + strategy());
      return new CaseDatabase(server.jdbcUrl(name, ROLE), ROLE, () -> drop(name));
    }
  }

  /** Copied as files, which is quicker than through the log. */
  private String strategy() {
    return server.version().major() < FIRST_WITH_STRATEGIES ? "" : " STRATEGY file_copy";
  }

  private void drop(String name) throws SQLException {
    synchronized (administrator) {
      new SqlSession(administrator).execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }
  }

  /** Ends the engine and drops its database, while the next run goes on. */
  void retire(CaseDatabase database, Optional<StreamTableEngine> engine) {
    closing.execute(() -> {
      engine.ifPresent(StreamTableEngine::close);
      try {
        database.close();
      } catch (SQLException _) {
        // It goes with the server.
      }
    });
  }

  @Override
  public void close() {
    closing.close();
    server.close();
  }
}
