package dev.pgtrickle.cli.bench;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.postgres.SqlErrors;
import dev.pgtrickle.testbed.postgres.EmbeddedPostgres;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The database that is measured: one of our own, or the user's empty one. */
public final class BenchServer implements AutoCloseable {
  private static final String ROLE = "bench";
  private static final String SUPERUSER = "postgres";
  // Large enough that neither checkpoints nor the cache decide; else PostgreSQL's defaults.
  private static final Map<String, String> SETTINGS =
      Map.of(
          "shared_buffers", "512MB",
          "max_wal_size", "8GB",
          "checkpoint_timeout", "60min");

  // What refreshes are measured with; the other benchmarks do without what it costs.
  private static final Map<String, String> INSTRUMENTS =
      Map.of(
          "track_commit_timestamp", "on",
          "shared_preload_libraries", "pg_stat_statements",
          "pg_stat_statements.max", "20000");

  private static final String INSTALLATIONS =
      "SELECT count(*) FROM pg_namespace WHERE nspname = 'pgtrickle'";

  private final ConnectionTarget target;
  private final Whereabouts whereabouts;
  private final @Nullable EmbeddedPostgres embedded;

  /** Whether the server's processes can be watched from here. */
  public enum Whereabouts {
    THIS_MACHINE,
    ELSEWHERE
  }

  /** What an embedded server keeps account of. */
  public enum Instruments {
    NONE,
    /** The times of commits, and the blocks that each statement touched. */
    REFRESHES
  }

  private BenchServer(
      ConnectionTarget target, Whereabouts whereabouts, @Nullable EmbeddedPostgres embedded) {
    this.target = target;
    this.whereabouts = whereabouts;
    this.embedded = embedded;
  }

  /** The given database, or one on an embedded PostgreSQL 18. */
  public static BenchServer open(
      Optional<ConnectionTarget> given, Instruments instruments, Consumer<String> progress) {
    BenchServer server =
        given
            .map(target -> new BenchServer(target, whereabouts(target), null))
            .orElseGet(() -> embedded(instruments, progress));
    server.refuseUsedDatabase();
    return server;
  }

  private static BenchServer embedded(Instruments instruments, Consumer<String> progress) {
    progress.accept("starting PostgreSQL 18 ...");
    EmbeddedPostgres postgres =
        EmbeddedPostgres.builder(PostgresVersion.ofMajor(18))
            .settings(SETTINGS)
            .settings(instruments == Instruments.REFRESHES ? INSTRUMENTS : Map.of())
            .progress(progress)
            .start();
    try (Connection administrator = postgres.connect(SUPERUSER, SUPERUSER)) {
      new SqlSession(administrator)
          .execute("CREATE ROLE " + ROLE + " LOGIN", "CREATE DATABASE bench OWNER " + ROLE);
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "preparing the server of the benchmark");
    }
    if (instruments == Instruments.REFRESHES) {
      install(postgres);
    }
    return new BenchServer(
        new ConnectionTarget(postgres.jdbcUrl(ROLE, ROLE), ROLE, ""),
        Whereabouts.THIS_MACHINE,
        postgres);
  }

  private static void install(EmbeddedPostgres postgres) {
    try (Connection administrator = postgres.connect(ROLE, SUPERUSER)) {
      new SqlSession(administrator).execute("CREATE EXTENSION pg_stat_statements");
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "preparing the server of the benchmark");
    }
  }

  private static Whereabouts whereabouts(ConnectionTarget target) {
    return target.url().matches("jdbc:postgresql://(localhost|127\\.0\\.0\\.1|\\[::1\\])[:/].*")
        ? Whereabouts.THIS_MACHINE
        : Whereabouts.ELSEWHERE;
  }

  private void refuseUsedDatabase() {
    try (Connection connection = connect()) {
      if (new SqlSession(connection).queryLong(INSTALLATIONS) > 0) {
        throw TrickleException.of(
            ErrorCode.CONFLICT,
            "the database of " + target + " has stream tables already",
            "name an empty database: the benchmark installs pgtrickle and removes it again");
      }
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "looking at the database");
    }
  }

  public ConnectionTarget target() {
    return target;
  }

  public Whereabouts whereabouts() {
    return whereabouts;
  }

  /** A session as applications have it: nothing pinned. */
  public Connection connect() throws SQLException {
    return connect(Map.of());
  }

  /** A session with options of the driver. */
  public Connection connect(Map<String, String> options) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", target.user());
    properties.setProperty("password", target.password());
    properties.putAll(options);
    return DriverManager.getConnection(target.url(), properties);
  }

  /** Removes what an engine installed, if it came that far. */
  public void uninstall() throws SQLException {
    try (Connection connection = connect()) {
      SqlSession session = new SqlSession(connection);
      if (session.queryLong(INSTALLATIONS) > 0) {
        session.execute("SELECT pgtrickle.uninstall()");
      }
    }
  }

  /** What a reader has to know about the server. */
  public Map<String, String> description() throws SQLException {
    Map<String, String> description = new LinkedHashMap<>();
    try (Connection connection = connect()) {
      SqlSession session = new SqlSession(connection);
      description.put("server", "PostgreSQL " + session.queryText("SHOW server_version"));
      for (String setting :
          new String[] {"fsync", "synchronous_commit", "wal_level", "max_prepared_transactions"}) {
        description.put(setting, String.valueOf(session.queryText("SHOW " + setting)));
      }
    }
    return description;
  }

  @Override
  public void close() {
    if (embedded != null) {
      embedded.close();
    }
  }
}
