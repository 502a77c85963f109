package dev.pgtrickle.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class QueryCompilerTest {
  private static TestDatabase database;

  @BeforeAll
  static void create() throws SQLException {
    database = TestDatabase.create(TestServers.newest());
    database.execute(
        "CREATE FUNCTION f(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1'",
        "CREATE TYPE mood AS ENUM ('ok')",
        "CREATE TABLE t (id int PRIMARY KEY, k int NOT NULL, n int, name text NOT NULL, m mood)");
  }

  @AfterAll
  static void drop() throws SQLException {
    database.close();
  }

  @Test
  void keyOfTheTableIsTheKeyOfItsProjection() throws SQLException {
    assertThat(compile("SELECT n, id FROM t").key())
        .isEqualTo(new StorageKey.NotNullKey(List.of(Identifier.of("id"))));
    assertThat(compile("SELECT id + 0 AS id, n FROM t").key())
        .isInstanceOf(StorageKey.Keyless.class);
  }

  @Test
  void shortGroupKeysThatAreNeverNullAreMatchedDirectly() throws SQLException {
    assertThat(compile("SELECT k AS key, count(*) FROM t GROUP BY k").key())
        .isEqualTo(new StorageKey.NotNullKey(List.of(Identifier.of("key"))));
  }

  @Test
  void groupKeysThatMayBeNullOrLongAreMatchedByHash() throws SQLException {
    assertThat(compile("SELECT n, count(*) FROM t GROUP BY n").key())
        .isInstanceOf(StorageKey.NullableKey.class);
    assertThat(compile("SELECT name, count(*) FROM t GROUP BY name").key())
        .isInstanceOf(StorageKey.NullableKey.class);
  }

  @Test
  void groupKeysThatAreNotPutOutAreHidden() throws SQLException {
    MaintenancePlan plan = compile("SELECT count(*) AS c FROM t GROUP BY k");
    assertThat(plan.key()).isEqualTo(new StorageKey.NotNullKey(List.of(Identifier.of("__key_1"))));
    assertThat(plan.columns())
        .extracting(column -> column.name().name())
        .containsExactly("c", "__key_1", "__count");
  }

  @Test
  void aggregateWithoutGroupsIsOneRow() throws SQLException {
    assertThat(compile("SELECT count(*) FROM t").key()).isEqualTo(new StorageKey.SingleRow());
  }

  @Test
  void onlyColumnsThatAreReadAreRequired() throws SQLException {
    assertThat(
            compile("SELECT sum(n) AS s FROM t WHERE k > 1")
                .sources()
                .getFirst()
                .attributeNumbers())
        .containsExactly(2, 3);
    assertThat(compile("SELECT count(*) FROM t").sources().getFirst().attributeNumbers()).isEmpty();
  }

  @Test
  void whatTheResultRestsOnIsNamed() throws SQLException {
    MaintenancePlan plan = compile("SELECT f(n) AS f, m FROM t");
    assertThat(plan.functions())
        .containsExactly(database.queryLong("SELECT 'f(int)'::regprocedure::oid::bigint"));
    assertThat(plan.types())
        .containsExactly(database.queryLong("SELECT 'mood'::regtype::oid::bigint"));
  }

  @Test
  void everyOperatorHasItsClass() throws SQLException {
    assertThat(compile("SELECT k, count(*) FROM t WHERE n > 1 GROUP BY k").operators())
        .extracting(OperatorClass::planClass)
        .containsExactly(
            PlanClass.LINEAR,
            PlanClass.LINEAR,
            PlanClass.LINEAR,
            PlanClass.ALGEBRAIC,
            PlanClass.LINEAR);
  }

  @Test
  void keyIsFoundInsideOutputExpressions() throws SQLException {
    assertThat(
            compile(
                    "SELECT upper(name) || 'x' AS u, (k + 1) * 2 AS d, count(*) FROM t"
                        + " GROUP BY upper(name), k + 1")
                .columns())
        .extracting(column -> column.name().name())
        .contains("__key_1", "__key_2");
  }

  @Test
  void wholeRowMayStandBesideColumnsOfItsTable() throws SQLException {
    for (String query :
        List.of(
            "SELECT k, count(t) AS n FROM t GROUP BY k",
            "SELECT id FROM t WHERE t IS NOT NULL",
            "SELECT a.id, count(b) AS n FROM t AS a LEFT JOIN t AS b ON b.k = a.id GROUP BY a.id")) {
      assertThat(compile(query).sources().getFirst().attributeNumbers())
          .as(query)
          .contains(1, 2, 3, 4);
    }
  }

  private static MaintenancePlan compile(String query) throws SQLException {
    try (Connection connection = Sessions.pinned(database)) {
      return MaintainedQuery.compile(connection, query);
    }
  }
}
