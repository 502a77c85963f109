package dev.pgtrickle.testbed.postgres;

import dev.pgtrickle.testbed.machine.FreePort;
import dev.pgtrickle.testbed.machine.TestbedException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of one's own on 127.0.0.1, as a child process: superuser {@code postgres},
 * nobody needs a password. It can be stopped, killed and started again on the same port and data.
 *
 * <p>It does not outlive this JVM: a shutdown hook stops it, and the next server that is started on
 * the machine removes what a killed JVM left behind.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final int PORT_ATTEMPTS = 5;
  private static final Duration PORT_PATIENCE = Duration.ofSeconds(10);

  private final PostgresVersion version;
  private final ServerDirectory directory;
  private final ServerLauncher launcher;
  private final OptionalInt wantedPort;
  private final Thread shutdownHook;
  private int port;
  private @Nullable Postmaster postmaster;

  EmbeddedPostgres(
      PostgresVersion version,
      ServerDirectory directory,
      ServerLauncher launcher,
      OptionalInt wantedPort) {
    this.version = version;
    this.directory = directory;
    this.launcher = launcher;
    this.wantedPort = wantedPort;
    this.shutdownHook = new Thread(this::stopForGood, "stop-postgres");
  }

  /** Describes a server of this version. */
  public static EmbeddedPostgresBuilder builder(PostgresVersion version) {
    return new EmbeddedPostgresBuilder(version);
  }

  void startFirstTime() {
    Runtime.getRuntime().addShutdownHook(shutdownHook);
    try {
      launchFirstTime();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private synchronized void launchFirstTime() {
    for (int attempt = 1; postmaster == null; attempt++) {
      port = wantedPort.orElseGet(FreePort::find);
      try {
        postmaster = launcher.launch(port);
      } catch (ServerLauncher.PortTakenException e) {
        if (wantedPort.isPresent() || attempt == PORT_ATTEMPTS) {
          throw new TestbedException(String.valueOf(e.getMessage()), e);
        }
      }
    }
  }

  /**
   * Starts a stopped or killed server again; crash recovery, if any, has ended when this returns.
   */
  public synchronized void start() {
    if (isRunning()) {
      throw new IllegalStateException("The server runs already.");
    }
    Instant deadline = Instant.now().plus(PORT_PATIENCE);
    postmaster = null;
    while (postmaster == null) {
      try {
        postmaster = launcher.launch(port);
      } catch (ServerLauncher.PortTakenException e) {
        // URLs were handed out, so the port cannot change; sockets of the old server may linger.
        if (Instant.now().isAfter(deadline)) {
          throw new TestbedException(String.valueOf(e.getMessage()), e);
        }
      }
    }
  }

  /** Stops in an orderly way: sessions are ended, a checkpoint is written. */
  public synchronized void stop() {
    if (postmaster != null) {
      postmaster.stop(Postmaster.StopSignal.FAST);
    }
  }

  /** Stops at once, without a checkpoint: the next start recovers. */
  public synchronized void stopImmediate() {
    if (postmaster != null) {
      postmaster.stop(Postmaster.StopSignal.IMMEDIATE);
    }
  }

  /** Kills the server with all its backends by SIGKILL, as a lost node does. */
  public synchronized void kill9() {
    if (postmaster != null) {
      postmaster.kill();
    }
  }

  /** Kills one backend by SIGKILL; PostgreSQL then ends all sessions and recovers by itself. */
  public synchronized void killBackend(long backendProcessId) {
    if (postmaster == null) {
      throw new IllegalStateException("The server does not run.");
    }
    postmaster.killBackend(backendProcessId);
  }

  /** The next start follows this primary: the server has stopped, in good order. */
  public synchronized void follow(EmbeddedPostgres primary) {
    if (isRunning()) {
      throw new IllegalStateException("The server runs.");
    }
    new ServerFiles(directory.data(), launcher.account()).followPrimary(primary.port());
  }

  /** Makes a primary of a standby, on a timeline of its own; returns when it may be written to. */
  public void promote() throws SQLException {
    try (Connection connection = connect("postgres", "postgres")) {
      if (!"t".equals(new SqlSession(connection).queryText("select pg_promote(true, 60)"))) {
        throw new TestbedException("The standby was not promoted within 60 s.");
      }
    }
  }

  /** Whether the server process lives. */
  public synchronized boolean isRunning() {
    return postmaster != null && postmaster.isAlive();
  }

  /** Stops the server and deletes a temporary data directory. Closing twice does nothing more. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException e) {
      // The JVM is shutting down: the hook runs anyway.
      return;
    }
    stopForGood();
  }

  private synchronized void stopForGood() {
    if (directory instanceof ServerDirectory.Temporary) {
      stopImmediate();
    } else {
      stop();
    }
    postmaster = null;
    directory.discard();
  }

  /** The version of the server. */
  public PostgresVersion version() {
    return version;
  }

  /** The port, which stays the same over a restart. */
  public synchronized int port() {
    return port;
  }

  /** The process id of the postmaster. */
  public synchronized long processId() {
    if (postmaster == null) {
      throw new IllegalStateException("The server does not run.");
    }
    return postmaster.id();
  }

  /** The data directory (PGDATA). */
  public Path dataDirectory() {
    return directory.data();
  }

  /** The file to which the server logs. */
  public Path logFile() {
    return directory.log();
  }

  /** A URL that carries the user; no password is needed. */
  public String jdbcUrl(String database, String user) {
    return ServerLauncher.jdbcUrl(port(), encode(database))
        + "?user="
        + encode(user)
        + "&sslmode=disable";
  }

  /** Opens a session. */
  public Connection connect(String database, String user) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database, user));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
