package dev.pgtrickle.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogMigratorTest {
  private static final String VERSIONS = "dev.pgtrickle.testbed.postgres.TestServers#versions";

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void programs_that_start_at_once_install_once(PostgresVersion version) throws Exception {
    try (TestDatabase database = TestDatabase.create(version)) {
      List<CompletableFuture<Void>> starts =
          IntStream.range(0, 4)
              .mapToObj(start -> CompletableFuture.runAsync(() -> migrate(database)))
              .toList();
      starts.forEach(CompletableFuture::join);
      assertThat(database.queryLong("SELECT count(*) FROM pgtrickle.migration"))
          .isEqualTo(Migration.all().size());
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void an_older_program_refuses_a_newer_schema_and_changes_nothing(PostgresVersion version)
      throws Exception {
    try (TestDatabase database = TestDatabase.create(version)) {
      migrate(database);
      database.execute(
          "INSERT INTO pgtrickle.migration (version, name, program) VALUES (999, 'later', 'newer')");
      assertThatThrownBy(() -> migrate(database))
          .isInstanceOfSatisfying(
              TrickleException.class,
              refused -> {
                assertThat(refused.code()).isEqualTo(ErrorCode.SCHEMA_TOO_NEW);
                assertThat(refused.what()).contains("999");
              });
      assertThat(database.queryLong("SELECT count(*) FROM pgtrickle.migration"))
          .isEqualTo(Migration.all().size() + 1L);
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void uninstall_leaves_nothing_behind(PostgresVersion version) throws Exception {
    try (TestDatabase database = TestDatabase.create(version)) {
      migrate(database);
      database.query("SELECT pgtrickle.uninstall()");
      assertThat(
              database.queryLong(
                  "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'pgtrickle%'"))
          .isZero();
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void history_keeps_the_newest_rows_and_forgets_the_rest(PostgresVersion version)
      throws Exception {
    try (TestDatabase database = TestDatabase.create(version);
        Connection connection = database.connect()) {
      new CatalogMigrator("test").migrate(connection);
      database.execute(
          "UPDATE pgtrickle.setting SET value = '10' WHERE name = 'historyKeepRows'",
          """
          INSERT INTO pgtrickle.history
            (stream_table_id, started_at, finished_at, cause, mode, reason, changes,
             rows_inserted, rows_updated, rows_deleted, result)
          SELECT 1 + g % 2, now(), now() - make_interval(days => CASE WHEN g < 40 THEN 8 ELSE 0 END),
                 'Schedule', 'Full', '', 0, 0, 0, 0, 'Succeeded'
          FROM generate_series(1, 45) AS g\
          """);
      new HistoryLog().prune(connection);
      assertThat(database.queryLong("SELECT count(*) FROM pgtrickle.history")).isEqualTo(6);
      assertThat(database.queryLong("SELECT min(id) FROM pgtrickle.history")).isEqualTo(40);
    }
  }

  private static void migrate(TestDatabase database) {
    try (Connection connection = database.connect()) {
      new CatalogMigrator("test").migrate(connection);
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }
}
