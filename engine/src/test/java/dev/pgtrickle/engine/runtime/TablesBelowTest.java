package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.engine.capture.CaptureRules;
import dev.pgtrickle.engine.capture.CaptureSettings;
import dev.pgtrickle.engine.capture.Deadline;
import dev.pgtrickle.engine.capture.DescendantsCheck;
import dev.pgtrickle.engine.capture.SourceState;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.BoundStatement;
import dev.pgtrickle.engine.postgres.Prologue;
import dev.pgtrickle.engine.refresh.FrontierUpdate;
import dev.pgtrickle.engine.refresh.RefreshChooser;
import dev.pgtrickle.engine.source.WindowPredicate;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Stream tables over partitioned tables and over tables that others inherit from. */
class TablesBelowTest {
  private static final String[] PARTITIONED = {
    "CREATE TABLE branch (id int PRIMARY KEY, region text) PARTITION BY LIST (id)",
    "CREATE TABLE branch_1 PARTITION OF branch FOR VALUES IN (1, 2)",
    "CREATE TABLE branch_2 (region text, id int NOT NULL)",
    "ALTER TABLE branch ATTACH PARTITION branch_2 FOR VALUES IN (3, 4)",
    "CREATE TABLE entry (id int, branch int, amount numeric(12,2), PRIMARY KEY (id)) PARTITION BY RANGE (id)",
    "CREATE TABLE entry_1 PARTITION OF entry FOR VALUES FROM (0) TO (1000) PARTITION BY HASH (id)",
    "CREATE TABLE entry_11 PARTITION OF entry_1 FOR VALUES WITH (MODULUS 2, REMAINDER 0)",
    "CREATE TABLE entry_12 PARTITION OF entry_1 FOR VALUES WITH (MODULUS 2, REMAINDER 1)",
    "CREATE TABLE entry_2 PARTITION OF entry FOR VALUES FROM (1000) TO (2000)",
    "INSERT INTO branch SELECT n, 'r' || n % 2 FROM generate_series(1, 4) AS n",
    "INSERT INTO entry SELECT n * 10, 1 + n % 4, n FROM generate_series(1, 180) AS n"
  };

  private static final String[] INHERITED = {
    "CREATE TABLE branch (id int PRIMARY KEY, region text)",
    "CREATE TABLE branch_1 (PRIMARY KEY (id)) INHERITS (branch)",
    "CREATE TABLE branch_2 (region text, id int NOT NULL)",
    "ALTER TABLE branch_2 INHERIT branch",
    "CREATE TABLE entry (id int NOT NULL, branch int, amount numeric(12,2))",
    "CREATE TABLE entry_1 (note text) INHERITS (entry)",
    "CREATE TABLE entry_11 () INHERITS (entry_1)",
    "CREATE TABLE entry_12 () INHERITS (entry_1)",
    "CREATE TABLE entry_2 () INHERITS (entry)",
    "INSERT INTO branch_1 VALUES (1, 'r1'), (2, 'r0')",
    "INSERT INTO branch_2 (id, region) VALUES (3, 'r1'), (4, 'r0')",
    "INSERT INTO entry_11 SELECT n * 10, 1 + n % 4, n FROM generate_series(1, 90) AS n",
    "INSERT INTO entry_2 SELECT n * 10, 1 + n % 4, n FROM generate_series(91, 180) AS n"
  };

  private static final String ATTACH =
      "ALTER TABLE branch ATTACH PARTITION branch_3 FOR VALUES IN (5)";

  private static final String INHERIT = "ALTER TABLE branch_3 INHERIT branch";

  private static final String TOTALS =
      "SELECT b.region, count(*) AS n, sum(e.amount) AS total, max(e.id) AS latest"
          + " FROM entry e JOIN branch b ON b.id = e.branch GROUP BY b.region";

  private static final String LATE = "SELECT id, branch, amount FROM entry WHERE id > 300";

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void changes_of_all_tables_below_are_followed(PostgresVersion version) throws Exception {
    for (String[] schema : List.of(PARTITIONED, INHERITED)) {
      try (EngineFixture fixture = started(version, schema)) {
        followed(
            fixture, "INSERT INTO entry_2 (id, branch, amount) VALUES (1901, 1, 5), (1902, 3, 6)");
        followed(fixture, "UPDATE entry SET amount = amount + 1 WHERE id % 70 = 0");
        followed(fixture, "UPDATE entry_1 SET branch = 3 WHERE id < 50");
        followed(fixture, "UPDATE entry SET id = id + 1005 WHERE id IN (510, 520, 530, 30)");
        followed(
            fixture, "DELETE FROM entry_12 WHERE id < 300", "DELETE FROM entry_11 WHERE id < 100");
        followed(fixture, "UPDATE branch SET region = 'other' WHERE id = 2");
        followed(fixture, "UPDATE branch_2 SET region = 'third' WHERE id = 3");
        followed(
            fixture,
            "INSERT INTO branch_1 (id, region) VALUES (2, 'x') ON CONFLICT (id) DO UPDATE SET region = excluded.region");
        followed(fixture, "TRUNCATE entry_11");
        followed(
            fixture,
            "INSERT INTO entry_11 (id, branch, amount) SELECT id, branch, amount FROM (SELECT n AS id, 1 AS branch, 1 AS amount FROM generate_series(400, 460) AS n) AS rows WHERE false");
      }
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void partitions_may_come_and_go(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = started(version, PARTITIONED)) {
      exact(
          fixture,
          "CREATE TABLE entry_3 PARTITION OF entry FOR VALUES FROM (2000) TO (3000)",
          "INSERT INTO entry_3 VALUES (2001, 1, 7)",
          "INSERT INTO entry VALUES (2002, 2, 8)");
      followed(fixture, "UPDATE entry_3 SET amount = 9", "DELETE FROM entry WHERE id = 2002");
      exact(fixture, "ALTER TABLE entry DETACH PARTITION entry_2", "UPDATE entry_2 SET amount = 1");
      followed(
          fixture, "DELETE FROM entry_2 WHERE id % 20 = 0", "INSERT INTO entry VALUES (15, 1, 1)");
      exact(fixture, "ALTER TABLE entry ATTACH PARTITION entry_2 FOR VALUES FROM (1000) TO (2000)");
      followed(fixture, "UPDATE entry SET amount = 3 WHERE id > 1500");
      exact(
          fixture,
          "ALTER TABLE entry DETACH PARTITION entry_1",
          "ALTER TABLE entry ATTACH PARTITION entry_1 FOR VALUES FROM (0) TO (1000)",
          "UPDATE entry_11 SET amount = 4");
      exact(fixture, "DROP TABLE entry_11", "DROP TABLE branch_2");
      followed(fixture, "UPDATE entry SET branch = 1");
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void children_may_come_and_go(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = started(version, INHERITED)) {
      exact(
          fixture,
          "CREATE TABLE entry_3 () INHERITS (entry_2)",
          "INSERT INTO entry_3 VALUES (2001, 1, 7)");
      followed(fixture, "UPDATE entry_3 SET amount = 9", "INSERT INTO entry VALUES (17, 1, 2)");
      exact(fixture, "ALTER TABLE entry_2 NO INHERIT entry", "DELETE FROM entry_3");
      followed(
          fixture, "DELETE FROM entry_2 WHERE id % 20 = 0", "INSERT INTO entry VALUES (15, 1, 1)");
      exact(fixture, "ALTER TABLE entry_2 INHERIT entry");
      exact(fixture, "DROP TABLE entry_1 CASCADE", "DROP TABLE entry_2 CASCADE");
      followed(fixture, "UPDATE entry SET branch = 1", "INSERT INTO entry VALUES (18, 2, 2)");
      exact(
          fixture,
          "CREATE TABLE entry_4 () INHERITS (entry)",
          "INSERT INTO entry_4 VALUES (19, 3, 4)");
      followed(fixture, "UPDATE entry_4 SET branch = 1");
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_table_that_comes_while_a_refresh_runs_is_taken_up_as_a_whole(PostgresVersion version)
      throws Exception {
    assertThat(differencesAfterComing(version, PARTITIONED, ATTACH, new DescendantsCheck()))
        .isZero();
    assertThat(differencesAfterComing(version, INHERITED, INHERIT, new DescendantsCheck()))
        .isZero();
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void planted_without_the_look_before_the_commit_its_rows_are_mixed_in(PostgresVersion version)
      throws Exception {
    DescendantsCheck none =
        new DescendantsCheck() {
          @Override
          public List<BoundStatement> beforeCommit(long relationOid) {
            return List.of();
          }
        };
    assertThat(differencesAfterComing(version, PARTITIONED, ATTACH, none)).isPositive();
    assertThat(differencesAfterComing(version, INHERITED, INHERIT, none)).isPositive();
  }

  @Test
  void a_partition_that_is_being_detached_concurrently_is_waited_for() throws Exception {
    try (EngineFixture fixture = started(TestServers.newest(), PARTITIONED);
        Connection reading = fixture.database.connect();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      SqlSession reader = new SqlSession(reading);
      reader.execute("BEGIN", "SELECT count(*) FROM entry");
      Future<?> detached =
          threads.submit(() -> {
            try (Connection connection = fixture.database.connect()) {
              new SqlSession(connection)
                  .execute("ALTER TABLE entry DETACH PARTITION entry_2 CONCURRENTLY");
            }
            return true;
          });
      EngineFixture.await(
          "the partition is marked",
          () ->
              fixture.database.queryLong("SELECT count(*) FROM pg_inherits WHERE inhdetachpending")
                  == 1);
      assertThatThrownBy(() -> fixture.refresh("late", Duration.ofSeconds(2)))
          .isInstanceOf(TrickleException.class);
      reader.execute("COMMIT");
      detached.get();
      exact(fixture);
      followed(
          fixture, "UPDATE entry_2 SET amount = 0", "UPDATE entry SET amount = 1 WHERE id > 900");
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void what_cannot_be_followed_is_refused_by_name(PostgresVersion version) throws Exception {
    for (String[] schema : List.of(PARTITIONED, INHERITED)) {
      try (EngineFixture fixture = new EngineFixture(version)) {
        fixture.database.execute(schema);
        fixture.start();
        refused(fixture, "SELECT id FROM entry_2");
        refused(fixture, "SELECT id FROM entry_1");
        refused(fixture, "SELECT id FROM ONLY entry");
      }
    }
  }

  private static void refused(EngineFixture fixture, String query) {
    assertThatThrownBy(() -> fixture.bring(fixture.manual("refused", query)))
        .isInstanceOfSatisfying(
            TrickleException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNSUPPORTED));
  }

  private static EngineFixture started(PostgresVersion version, String[] schema) throws Exception {
    EngineFixture fixture = new EngineFixture(version);
    fixture.database.execute(schema);
    fixture.start();
    fixture.bring(fixture.manual("totals", TOTALS));
    fixture.bring(fixture.manual("late", LATE));
    exact(fixture);
    return fixture;
  }

  /** By the changes alone. */
  private static void followed(EngineFixture fixture, String... statements) throws SQLException {
    fixture.database.execute(statements);
    for (String table : List.of("totals", "late")) {
      assertThat(fixture.refresh(table).mode()).as(statements[0]).isNotEqualTo("Full");
    }
    compare(fixture);
  }

  private static void exact(EngineFixture fixture, String... statements) throws SQLException {
    if (statements.length > 0) {
      fixture.database.execute(statements);
    }
    fixture.refresh("totals");
    fixture.refresh("late");
    compare(fixture);
  }

  private static void compare(EngineFixture fixture) throws SQLException {
    fixture.assertExact("totals", TOTALS);
    fixture.assertExact("late", LATE);
  }

  /** A branch comes with its partition between the snapshot of a refresh and what it reads. */
  private static long differencesAfterComing(
      PostgresVersion version, String[] schema, String coming, DescendantsCheck check)
      throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(schema);
      fixture.database.execute(
          "CREATE TABLE branch_3 (id int NOT NULL, region text)",
          "INSERT INTO branch_3 VALUES (5, 'new')",
          "INSERT INTO entry (id, branch, amount) VALUES (1, 5, 1)");
      Coming chooser = new Coming(fixture.database, coming);
      fixture.start(
          new EngineRules(
              new Prologue(),
              chooser,
              new FrontierUpdate(),
              new WindowPredicate(),
              CaptureRules.standard().with(check),
              CaptureSettings.standard(),
              Deadline.LENGTH));
      fixture.bring(fixture.manual("totals", TOTALS));
      fixture.database.execute("INSERT INTO entry (id, branch, amount) VALUES (2, 5, 1)");
      chooser.armed.set(true);
      fixture.refresh("totals");
      return fixture.differences("totals", TOTALS);
    }
  }

  /** Decides like any other; but a table comes while it does. */
  private static final class Coming extends RefreshChooser {
    private final TestDatabase database;
    private final String statement;
    private final AtomicBoolean armed = new AtomicBoolean();

    Coming(TestDatabase database, String statement) {
      this.database = database;
      this.statement = statement;
    }

    @Override
    protected Optional<String> captureGap(SourceState source) {
      if (armed.getAndSet(false)) {
        try {
          database.execute(statement);
        } catch (SQLException failure) {
          throw new IllegalStateException(failure);
        }
      }
      return super.captureGap(source);
    }
  }
}
