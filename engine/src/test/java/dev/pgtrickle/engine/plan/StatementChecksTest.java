package dev.pgtrickle.engine.plan;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementChecksTest {

  @Test
  void joinByIsNotDistinctFromAloneIsRefused() throws SQLException {
    NoNullSafeJoinAlone check = new NoNullSafeJoinAlone();
    MaintenancePlan plan = plan();
    assertThatThrownBy(
            () -> check.check(plan, "FROM a\nLEFT JOIN b ON a.\"x\" IS NOT DISTINCT FROM b.\"x\""))
        .isInstanceOf(TrickleException.class);
    assertThatCode(() ->
            check.check(
                plan,
                "FROM a\nLEFT JOIN b ON a.\"h\" = b.\"h\" AND a.\"x\" IS NOT DISTINCT FROM b.\"x\""))
        .doesNotThrowAnyException();
  }

  @Test
  void deltaThatReadsTheTableIsRefused() throws SQLException {
    RestrictedScansOnly check = new RestrictedScansOnly();
    MaintenancePlan plan = plan();
    assertThatThrownBy(() -> check.check(plan, "SELECT 1\nFROM \"public\".\"t\" AS input"))
        .isInstanceOf(TrickleException.class);
    assertThatCode(() -> check.check(plan, "SELECT 1\nFROM \"public\".\"t2\" AS input"))
        .doesNotThrowAnyException();
  }

  @Test
  void functionThatIsNotImmutableIsRefused() {
    assertThatThrownBy(() -> new NoVolatileCall().check(List.of("public.f")))
        .isInstanceOf(TrickleException.class);
  }

  private static MaintenancePlan plan() throws SQLException {
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      database.execute("CREATE TABLE t (a int)");
      try (Connection connection = Sessions.pinned(database)) {
        return MaintainedQuery.compile(connection, "SELECT a FROM t");
      }
    }
  }
}
