package dev.pgtrickle.testbed.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.testbed.machine.CacheDirectory;
import dev.pgtrickle.testbed.machine.DirectoryTree;
import dev.pgtrickle.testbed.machine.TestbedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EmbeddedPostgresTest {
  private static final String VERSIONS = "dev.pgtrickle.testbed.postgres.TestServers#versions";

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void startsWithItsSettings(PostgresVersion version) throws SQLException {
    try (EmbeddedPostgres server = start(version)) {
      assertThat(text(server, "select split_part(current_setting('server_version'), '.', 1)"))
          .isEqualTo(String.valueOf(version.major()));
      assertThat(text(server, "show fsync")).isEqualTo("off");
      assertThat(text(server, "show server_encoding")).isEqualTo("UTF8");
      assertThat(text(server, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(text(server, "show unix_socket_directories")).isEmpty();
      assertThat(ProcessHandle.of(server.processId())).isPresent();
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void twoServersRunAtOnce(PostgresVersion version) throws SQLException {
    try (EmbeddedPostgres first = start(version);
        EmbeddedPostgres second = start(version)) {
      assertThat(first.port()).isNotEqualTo(second.port());
      execute(first, "create table only_here ()");
      assertThat(text(second, "select to_regclass('only_here')")).isNull();
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void keepsCommittedDataOverEveryKindOfEnd(PostgresVersion version) throws SQLException {
    try (EmbeddedPostgres server = start(version)) {
      execute(server, "create table ends (how text)");
      String url = server.jdbcUrl("postgres", "postgres");
      List<Runnable> ends =
          List.of(server::stop, server::stopImmediate, server::kill9, server::kill9);
      for (int end = 0; end < ends.size(); end++) {
        execute(server, "insert into ends values ('" + end + "')");
        ends.get(end).run();
        assertThat(server.isRunning()).isFalse();
        server.start();
      }
      assertThat(text(server, "select string_agg(how, '' order by how) from ends"))
          .isEqualTo("0123");
      assertThat(server.jdbcUrl("postgres", "postgres")).isEqualTo(url);
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void recoversFromAKilledBackend(PostgresVersion version) throws Exception {
    try (EmbeddedPostgres server = start(version);
        Connection victim = server.connect("postgres", "postgres")) {
      SqlSession session = new SqlSession(victim);
      session.execute("create table kept ()");
      server.killBackend(session.queryLong("select pg_backend_pid()"));
      assertThatThrownBy(() -> session.execute("select 1")).isInstanceOf(SQLException.class);
      assertThat(server.isRunning()).isTrue();
      assertThat(awaitText(server, "select to_regclass('kept')")).isEqualTo("kept");
    }
  }

  @Test
  void refusesToKillAProcessThatIsNotAServers() {
    try (EmbeddedPostgres server = start(TestServers.newest())) {
      assertThatThrownBy(() -> server.killBackend(ProcessHandle.current().pid()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void closingDeletesATemporaryDirectory() {
    EmbeddedPostgres server = start(TestServers.newest());
    Path data = server.dataDirectory();
    assertThat(data).exists();
    server.close();
    server.close();
    assertThat(data.getParent()).doesNotExist();
    assertThat(server.isRunning()).isFalse();
  }

  @Test
  void aKeptDirectoryOutlivesTheServer() throws Exception {
    PostgresVersion version = TestServers.newest();
    Path home = Files.createTempDirectory("pgtrickle-kept");
    CacheDirectory.makeEnterable(home);
    Path data = home.resolve("data");
    try {
      try (EmbeddedPostgres server =
          EmbeddedPostgres.builder(version).dataDirectory(data).start()) {
        assertThat(text(server, "show fsync")).isEqualTo("on");
        execute(server, "create table kept ()");
      }
      try (EmbeddedPostgres server =
          EmbeddedPostgres.builder(version).dataDirectory(data).start()) {
        assertThat(text(server, "select to_regclass('kept')")).isEqualTo("kept");
      }
      assertThatThrownBy(
              () -> EmbeddedPostgres.builder(PostgresVersion.V14).dataDirectory(data).start())
          .hasMessageContaining("holds data of PostgreSQL " + version.major());
    } finally {
      new DirectoryTree(home).delete();
    }
  }

  @Test
  void aFailedStartShowsTheLog() {
    assertThatThrownBy(() ->
            EmbeddedPostgres.builder(TestServers.newest())
                .setting("shared_buffers", "plenty")
                .start())
        .isInstanceOf(TestbedException.class)
        .hasMessageContaining("shared_buffers");
  }

  @Test
  void aTakenPortIsReported() {
    PostgresVersion version = TestServers.newest();
    try (EmbeddedPostgres server = start(version)) {
      assertThatThrownBy(() -> EmbeddedPostgres.builder(version).port(server.port()).start())
          .isInstanceOf(TestbedException.class)
          .hasMessageContaining("Address already in use");
    }
  }

  @Test
  void theSecondStartOfAVersionIsQuick() {
    PostgresVersion version = TestServers.newest();
    start(version).close();
    List<String> progress = new ArrayList<>();
    EmbeddedPostgres.builder(version).progress(progress::add).start().close();
    assertThat(progress).isEmpty();
  }

  private static EmbeddedPostgres start(PostgresVersion version) {
    return EmbeddedPostgres.builder(version)
        .setting("fsync", "off")
        .progress(System.err::println)
        .start();
  }

  private static void execute(EmbeddedPostgres server, String sql) throws SQLException {
    try (Connection connection = server.connect("postgres", "postgres")) {
      new SqlSession(connection).execute(sql);
    }
  }

  private static String text(EmbeddedPostgres server, String sql) throws SQLException {
    try (Connection connection = server.connect("postgres", "postgres")) {
      return new SqlSession(connection).queryText(sql);
    }
  }

  /** The server may still take a connection that it then breaks: only an answer counts. */
  private static String awaitText(EmbeddedPostgres server, String sql) throws InterruptedException {
    for (int attempt = 0; attempt < 500; attempt++) {
      try {
        return text(server, sql);
      } catch (SQLException e) {
        Thread.sleep(Duration.ofMillis(20));
      }
    }
    throw new AssertionError("The server does not come back");
  }
}
