package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.engine.definition.Fallback;
import dev.pgtrickle.engine.definition.IndexDefinition;
import dev.pgtrickle.engine.definition.Limits;
import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.Schedule;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.definition.Wake;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A unique index holds for what readers see, not for the rows in the middle of a refresh. */
class UniqueIndexTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String QUERY = "SELECT id, email FROM public.person";

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void values_move_from_row_to_row(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = people(version)) {
      fixture.bring(wanted(IndexDefinition.Uniqueness.UNIQUE));
      fixture.database.execute(
          "DELETE FROM person WHERE id = 1", "INSERT INTO person VALUES (101, 'p1')");
      assertThat(fixture.refresh("people").mode()).isEqualTo("Differential");
      fixture.assertExact("people", QUERY);
      exchange(fixture);
      assertThat(fixture.refresh("people").mode()).isEqualTo("Differential");
      fixture.assertExact("people", QUERY);
      exchange(fixture);
      fixture.database.execute(
          "DELETE FROM person WHERE id = 2", "INSERT INTO person VALUES (102, 'p2')");
      assertThat(fixture.refreshFully("people").mode()).isEqualTo("Full");
      fixture.assertExact("people", QUERY);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void two_equal_rows_stop_the_table_and_say_which(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = people(version)) {
      fixture.bring(wanted(IndexDefinition.Uniqueness.UNIQUE));
      fixture.database.execute("INSERT INTO person VALUES (101, 'p1')");
      assertNotUnique(() -> fixture.refresh("people"));
      assertStalled(fixture);
      fixture.database.execute("UPDATE person SET email = 'other' WHERE id = 1");
      fixture.refresh("people");
      fixture.assertExact("people", QUERY);
      assertThat(fixture.engine().report().getFirst().phase())
          .isNotEqualTo(StreamTableReport.Phase.STALLED);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_table_comes_back_when_its_rows_need_not_be_unique_any_more(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = people(version)) {
      fixture.database.execute("INSERT INTO person VALUES (101, 'p1')");
      assertNotUnique(() -> fixture.bring(wanted(IndexDefinition.Uniqueness.UNIQUE)));
      assertStalled(fixture);
      fixture.bring(wanted(IndexDefinition.Uniqueness.NOT_UNIQUE));
      fixture.assertExact("people", QUERY);
      assertThat(indexes(fixture, "NOT i.indisunique")).as("the plain index").isEqualTo(1);
      assertThat(indexes(fixture, "i.indisunique")).as("the key").isEqualTo(1);

      assertNotUnique(() -> fixture.bring(wanted(IndexDefinition.Uniqueness.UNIQUE)));
      fixture.database.execute("DELETE FROM person WHERE id = 101");
      fixture.bring(wanted(IndexDefinition.Uniqueness.NOT_UNIQUE));
      fixture.refresh("people");
      fixture.bring(wanted(IndexDefinition.Uniqueness.UNIQUE));
      EngineFixture.await(
          "the index is a constraint",
          () -> indexes(fixture, "i.indisunique AND NOT i.indimmediate") == 1);
      exchange(fixture);
      fixture.refresh("people");
      fixture.assertExact("people", QUERY);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void one_that_was_dropped_is_put_back(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = people(version)) {
      fixture.bring(wanted(IndexDefinition.Uniqueness.UNIQUE));
      String constraint =
          fixture.database.queryText(
              "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname)"
                  + " FROM pg_constraint WHERE contype = 'u'"
                  + " AND connamespace = 'pgtrickle_data'::regnamespace");
      fixture.database.execute(String.valueOf(constraint));
      fixture.engine().watch();
      EngineFixture.await(
          "the constraint is back",
          () -> indexes(fixture, "i.indisunique AND NOT i.indimmediate") == 1);
    }
  }

  /** Three rows pass their values on in a ring: whatever comes first, two are equal. */
  private static void exchange(EngineFixture fixture) throws SQLException {
    fixture.database.execute(
        "UPDATE person AS p SET email = other.email FROM person AS other"
            + " WHERE p.id IN (3, 4, 5) AND other.id = 3 + (p.id - 2) % 3");
  }

  private static void assertNotUnique(EngineFixture.Action action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            TrickleException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.QUERY_FAILED))
        .hasMessageContaining("unique")
        .hasMessageContaining("(email)=(p1)");
  }

  private static void assertStalled(EngineFixture fixture) throws Exception {
    EngineFixture.await(
        "it stands still",
        () -> fixture.engine().report().getFirst().phase() == StreamTableReport.Phase.STALLED);
    assertThat(fixture.engine().report().getFirst().problem())
        .hasValueSatisfying(problem -> assertThat(problem.code()).isEqualTo("QueryFailed"));
  }

  private static long indexes(EngineFixture fixture, String condition) throws SQLException {
    return fixture.database.queryLong(
        "SELECT count(*) FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indrelid"
            + " WHERE c.relnamespace = 'pgtrickle_data'::regnamespace"
            + " AND c.relname LIKE 'storage%' AND "
            + condition);
  }

  private static StreamTableDefinition wanted(IndexDefinition.Uniqueness uniqueness) {
    return new StreamTableDefinition(
        dev.pgtrickle.engine.postgres.QualifiedName.of("public", "people"),
        QUERY,
        RefreshMode.AUTO,
        Fallback.ALLOW,
        new Schedule.Manual(),
        Wake.AUTO,
        Optional.empty(),
        List.of(),
        List.of(
            new IndexDefinition(
                List.of(Identifier.of("email")), Identifier.of("btree"), uniqueness)),
        List.of(),
        new Limits(Limits.MAXIMUM_LOCK_TIMEOUT, PATIENCE, Optional.empty()),
        StreamTableDefinition.Activity.ACTIVE,
        new Origin("test", "people", "uid-people"));
  }

  private static EngineFixture people(PostgresVersion version) throws SQLException {
    EngineFixture fixture = new EngineFixture(version);
    fixture.database.execute(
        "CREATE TABLE person (id int PRIMARY KEY, email text NOT NULL)",
        "INSERT INTO person SELECT g, 'p' || g FROM generate_series(1, 50) AS g");
    fixture.start();
    return fixture;
  }
}
