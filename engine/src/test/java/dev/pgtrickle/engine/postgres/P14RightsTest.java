package dev.pgtrickle.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.engine.catalog.CatalogMigrator;
import dev.pgtrickle.engine.catalog.EngineRights;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P14: rights are checked and named, and a role's own defaults cannot touch our sessions. */
class P14RightsTest {
  private static final String VERSIONS = "dev.pgtrickle.testbed.postgres.TestServers#versions";
  private final EngineRights rights = new EngineRights();

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void an_ordinary_owner_of_the_database_has_all_that_is_needed(PostgresVersion version)
      throws Exception {
    try (TestDatabase database = TestDatabase.create(version);
        Connection owner = database.connect()) {
      assertThatCode(() -> rights.check(owner)).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void a_superuser_is_too_strong(PostgresVersion version) throws Exception {
    try (TestDatabase database = TestDatabase.create(version);
        Connection superuser = database.connectAsSuperuser()) {
      assertRefused(superuser, ErrorCode.PERMISSION_DENIED, "SUPERUSER");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void each_missing_right_is_named(PostgresVersion version) throws Exception {
    try (TestDatabase database = TestDatabase.create(version)) {
      String guest = "guest_" + database.name();
      database.executeAsSuperuser(
          "CREATE ROLE %s LOGIN".formatted(guest),
          "REVOKE TEMPORARY ON DATABASE %s FROM PUBLIC".formatted(database.name()));
      try (Connection connection = database.server().connect(database.name(), guest)) {
        assertRefused(connection, ErrorCode.PERMISSION_DENIED, "CREATE and TEMPORARY");
      }
      database.executeAsSuperuser("DROP ROLE " + guest);
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void another_role_cannot_serve_a_database_that_is_served_already(PostgresVersion version)
      throws Exception {
    try (TestDatabase database = TestDatabase.create(version)) {
      try (Connection owner = database.connect()) {
        new CatalogMigrator("test").migrate(owner);
      }
      String other = "other_" + database.name();
      database.executeAsSuperuser(
          "CREATE ROLE %s LOGIN".formatted(other),
          "GRANT CREATE ON DATABASE %s TO %s".formatted(database.name(), other));
      try (Connection connection = database.server().connect(database.name(), other)) {
        assertRefused(connection, ErrorCode.CONFLICT, database.user());
      }
      database.executeAsSuperuser(
          "REVOKE CREATE ON DATABASE %s FROM %s".formatted(database.name(), other),
          "DROP ROLE " + other);
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void hostile_defaults_of_the_role_do_not_reach_a_pinned_session(PostgresVersion version)
      throws Exception {
    try (TestDatabase database = TestDatabase.create(version)) {
      for (String hostile : hostileDefaults(version)) {
        database.executeAsSuperuser("ALTER ROLE %s SET %s".formatted(database.user(), hostile));
      }
      PinnedDataSource sessions =
          new PinnedDataSource(
              new ConnectionTarget(database.jdbcUrl(), database.user(), ""),
              new PinnedSession(Duration.ofSeconds(30)),
              NewSessionListener.none());
      try (Connection connection = sessions.getConnection()) {
        SqlSession session = new SqlSession(connection);
        session.execute("CREATE TABLE public.works AS SELECT 1 AS one");
        Thread.sleep(650);
        assertThat(session.queryText("SELECT to_char(timestamptz '2026-01-01 00:00Z', 'HH24')"))
            .isEqualTo("00");
        assertThat(session.queryText("SHOW search_path")).isEqualTo("pg_catalog");
        assertThat(session.queryText("SHOW row_security")).isEqualTo("off");
      }
    }
  }

  private static java.util.List<String> hostileDefaults(PostgresVersion version) {
    java.util.List<String> hostile =
        new java.util.ArrayList<>(
            java.util.List.of(
                "statement_timeout = '400ms'",
                "idle_session_timeout = '500ms'",
                "default_transaction_read_only = on",
                "default_transaction_isolation = 'serializable'",
                "search_path = 'nowhere'",
                "timezone = 'Asia/Tokyo'",
                "row_security = on"));
    if (version.major() >= 17) {
      hostile.add("transaction_timeout = '60ms'");
    }
    return hostile;
  }

  private void assertRefused(Connection connection, ErrorCode code, String named) {
    assertThatThrownBy(() -> rights.check(connection))
        .isInstanceOfSatisfying(
            TrickleException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(code);
              assertThat(refused.what()).contains(named);
              assertThat(refused.remedy()).isNotBlank();
            });
  }
}
