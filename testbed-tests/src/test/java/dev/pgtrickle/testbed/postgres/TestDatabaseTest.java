package dev.pgtrickle.testbed.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TestDatabaseTest {
  private static final String VERSIONS = "dev.pgtrickle.testbed.postgres.TestServers#versions";

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void theOwnerIsNoSuperuserAndMayCreate(PostgresVersion version) throws SQLException {
    try (TestDatabase database = TestDatabase.create(version)) {
      database.execute("create schema own", "create table t (i int)", "insert into t values (7)");
      assertThat(database.queryLong("select i from t where i = ?", 7)).isEqualTo(7);
      assertThat(
              database.query(
                  "select current_user::text, usesuper from pg_user where usename = current_user"))
          .isEqualTo(List.of(List.of(database.user(), false)));
      assertThat(database.queryText("show max_prepared_transactions")).isEqualTo("20");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void closingDropsInSpiteOfSessionsAndPreparedTransactions(PostgresVersion version)
      throws SQLException {
    TestDatabase database = TestDatabase.create(version);
    try (Connection open = database.connect()) {
      database.execute("begin; create table t (); prepare transaction 'it''s open'");
      assertThat(open.isValid(1)).isTrue();
      database.close();
      assertThat(open.isValid(1)).isFalse();
    }
    assertThatThrownBy(database::connectAsSuperuser).isInstanceOf(SQLException.class);
  }

  @Test
  void databasesDoNotSeeEachOther() throws SQLException {
    try (TestDatabase first = TestDatabase.create(TestServers.newest());
        TestDatabase second = TestDatabase.create(TestServers.newest())) {
      assertThat(first.name()).isNotEqualTo(second.name());
      assertThat(first.server()).isSameAs(second.server());
    }
  }

  @Test
  void aVariantHasAServerOfItsOwn() throws SQLException {
    PostgresVersion version = TestServers.newest();
    try (TestDatabase database =
        TestDatabase.create(version, ServerVariant.WITHOUT_PREPARED_TRANSACTIONS)) {
      assertThat(database.queryText("show max_prepared_transactions")).isEqualTo("0");
      assertThat(database.server()).isNotSameAs(TestServers.server(version));
    }
  }

  @Test
  void versionsCanBeNarrowed() {
    assertThat(TestServers.asked(null)).isEmpty();
    assertThat(TestServers.asked(" ")).isEmpty();
    assertThat(TestServers.asked("18")).hasValue(List.of(PostgresVersion.V18));
    assertThat(TestServers.asked("14, 18"))
        .hasValue(List.of(PostgresVersion.V14, PostgresVersion.V18));
    assertThatThrownBy(() -> TestServers.asked("13")).hasMessageContaining("not supported");
  }
}
