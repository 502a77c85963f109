package dev.pgtrickle.testbed.postgres;

import dev.pgtrickle.testbed.machine.ExternalProgram;
import dev.pgtrickle.testbed.machine.TestbedException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Starts {@code postgres} and waits until it answers. */
record ServerLauncher(
    PostgresBinaries binaries,
    ServerAccount account,
    ServerDirectory directory,
    Map<String, String> settings) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(20);

  /** The port was taken between our look and the server's. */
  static final class PortTakenException extends RuntimeException {
    PortTakenException(String message) {
      super(message);
    }
  }

  Postmaster launch(int port) {
    ServerLog log = ServerLog.fromNow(directory.log());
    Postmaster postmaster = Postmaster.launch(command(port), directory.log());
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!answers(port)) {
      if (!postmaster.isAlive()) {
        if (log.tellsThatThePortIsTaken()) {
          throw new PortTakenException("Port " + port + " is taken:\n" + log.tail());
        }
        throw new TestbedException("PostgreSQL did not start:\n" + log.tail());
      }
      if (Instant.now().isAfter(deadline)) {
        postmaster.kill();
        throw new TestbedException(
            "PostgreSQL did not answer within %s:\n%s".formatted(PATIENCE, log.tail()));
      }
      pause(postmaster);
    }
    return postmaster;
  }

  static String jdbcUrl(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  private List<String> command(int port) {
    Map<String, String> effective = new LinkedHashMap<>();
    effective.put("listen_addresses", "127.0.0.1");
    effective.put("unix_socket_directories", "");
    effective.putAll(settings);
    effective.put("port", String.valueOf(port));

    List<String> program = new ArrayList<>();
    program.add(binaries.program("postgres"));
    program.add("-D");
    program.add(directory.data().toString());
    effective.forEach((name, value) -> {
      program.add("-c");
      program.add(name + "=" + value);
    });
    List<String> command = account.command(program);
    // In a session of its own: Ctrl-C in a terminal must reach us only, we then stop the server.
    if (ExternalProgram.works(List.of("setsid", "true"))) {
      command.addFirst("setsid");
    }
    return command;
  }

  /**
   * Whether our server answers. When the port is taken, another one may answer while ours gives up.
   */
  private boolean answers(int port) {
    Properties properties = new Properties();
    properties.setProperty("user", "postgres");
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", "5");
    properties.setProperty("sslmode", "disable");
    try (Connection connection =
        DriverManager.getConnection(jdbcUrl(port, "postgres"), properties)) {
      return directory
          .data()
          .toString()
          .equals(new SqlSession(connection).queryText("show data_directory"));
    } catch (SQLException e) {
      return false;
    }
  }

  private static void pause(Postmaster postmaster) {
    try {
      Thread.sleep(BETWEEN_ATTEMPTS);
    } catch (InterruptedException e) {
      postmaster.kill();
      Thread.currentThread().interrupt();
      throw new TestbedException("Interrupted while PostgreSQL was starting", e);
    }
  }
}
