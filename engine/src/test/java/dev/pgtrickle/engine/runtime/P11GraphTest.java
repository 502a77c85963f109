package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.engine.capture.CaptureRules;
import dev.pgtrickle.engine.capture.CaptureSettings;
import dev.pgtrickle.engine.capture.Deadline;
import dev.pgtrickle.engine.definition.DeletionPolicy;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.Schedule;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.lifecycle.ReleaseOrder;
import dev.pgtrickle.engine.lifecycle.ReleaseOutcome;
import dev.pgtrickle.engine.postgres.Prologue;
import dev.pgtrickle.engine.refresh.FrontierUpdate;
import dev.pgtrickle.engine.refresh.RefreshChooser;
import dev.pgtrickle.engine.source.WindowPredicate;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** P11: stream tables on stream tables are refreshed together, and each equals its query. */
class P11GraphTest {
  private static final String TOTALS =
      "SELECT branch, count(*) AS n, sum(amount) AS total FROM entry GROUP BY branch";

  private static final String LARGE = "SELECT branch, total FROM totals WHERE total > 500";
  private static final String LARGE_OF_BASE =
      "SELECT branch, total FROM (" + TOTALS + ") AS totals WHERE total > 500";

  /** Reads a table and what is made of it: both must be of one moment. */
  private static final String SHARES =
      "SELECT e.id, e.branch, e.amount, t.total FROM entry e JOIN totals t ON t.branch = e.branch";

  private static final String SHARES_OF_BASE =
      "SELECT e.id, e.branch, e.amount, t.total FROM entry e JOIN ("
          + TOTALS
          + ") AS t ON t.branch = e.branch";

  private static final String BY_SIZE = "SELECT n, count(*) AS branches FROM totals GROUP BY n";
  private static final String BY_SIZE_OF_BASE =
      "SELECT n, count(*) AS branches FROM (" + TOTALS + ") AS totals GROUP BY n";

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void what_is_read_is_refreshed_with_what_reads_it(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withTables(version, new FrontierUpdate())) {
      for (int round = 1; round <= 4; round++) {
        change(fixture, round);
        fixture.refresh("shares");
        fixture.assertExact("totals", TOTALS);
        fixture.assertExact("shares", SHARES_OF_BASE);
        fixture.refresh("large");
        fixture.refresh("by_size");
        fixture.assertExact("large", LARGE_OF_BASE);
        fixture.assertExact("by_size", BY_SIZE_OF_BASE);
      }
      assertThat(
              fixture.database.queryLong(
                  "SELECT count(*) FROM pgtrickle.history WHERE mode = 'Full' AND cause <> 'Initial'"))
          .isZero();
      assertThat(
              fixture.database.queryLong(
                  "SELECT count(*) FROM pgtrickle.history WHERE cause = 'Pulled'"))
          .isEqualTo(4);
    }
  }

  /** Of its own transaction's changes a refresh has read all: the next one must not again. */
  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void planted_a_frontier_without_the_own_transaction_reads_twice(PostgresVersion version)
      throws Exception {
    FrontierUpdate forgetful =
        new FrontierUpdate() {
          @Override
          protected String newFrontierOfStreamTable() {
            return newFrontier();
          }
        };
    try (EngineFixture fixture = withTables(version, forgetful)) {
      change(fixture, 1);
      fixture.refresh("by_size");
      fixture.assertExact("by_size", BY_SIZE_OF_BASE);
      assertThatThrownBy(
              () -> {
                fixture.database.execute("INSERT INTO entry VALUES (9001, 1, 1)");
                fixture.refresh("by_size");
                fixture.assertExact("by_size", BY_SIZE_OF_BASE);
              })
          .isInstanceOf(Throwable.class);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void more_changes_than_expected_are_read_all_the_same(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withTables(version, new FrontierUpdate())) {
      // One row of the source is another total in each of its thousand rows in between.
      fixture.database.execute(
          "INSERT INTO entry SELECT i, 77, 1 FROM generate_series(10001, 11500) AS i");
      fixture.bring(
          fixture.manual("again", "SELECT id, total + amount AS sum FROM shares WHERE amount < 5"));
      fixture.database.execute("UPDATE entry SET amount = 2 WHERE id = 10001");
      fixture.refresh("again");
      fixture.assertExact("shares", SHARES_OF_BASE);
      fixture.assertExact(
          "again",
          "SELECT id, total + amount AS sum FROM (" + SHARES_OF_BASE + ") AS s WHERE amount < 5");
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void what_follows_changes_follows_those_underneath(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withTables(version, new FrontierUpdate())) {
      fixture.bring(
          fixture.definition(
              "followed",
              "SELECT branch, n FROM totals",
              new Schedule.OnChange(),
              RefreshMode.AUTO));
      change(fixture, 1);
      EngineFixture.await(
          "followed",
          () ->
              fixture.differences("followed", "SELECT branch, n FROM (" + TOTALS + ") AS t") == 0);
      fixture.assertExact("totals", TOTALS);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void another_definition_of_what_is_read_is_followed(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withTables(version, new FrontierUpdate())) {
      String fewer = TOTALS.replace("FROM entry", "FROM entry WHERE amount > 20");
      fixture.bring(fixture.manual("totals", fewer));
      fixture.refresh("by_size");
      fixture.assertExact("by_size", BY_SIZE_OF_BASE.replace(TOTALS, fewer));
      String more =
          fewer
              .replace("count(*) AS n,", "count(*) AS n, sum(amount) AS total,")
              .replace("sum(amount) AS total FROM", "max(amount) AS most FROM");
      fixture.bring(fixture.manual("totals", more));
      change(fixture, 2);
      fixture.refresh("shares");
      fixture.assertExact("totals", more);
      fixture.assertExact("shares", SHARES_OF_BASE.replace(TOTALS, fewer));
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void what_is_suspended_or_computed_as_a_whole_is_read_as_it_is(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = withTables(version, new FrontierUpdate())) {
      fixture.bring(fixture.definition("whole", TOTALS, new Schedule.Manual(), RefreshMode.FULL));
      String ofWhole = "SELECT n, sum(total) AS total FROM %s GROUP BY n";
      fixture.bring(fixture.manual("of_whole", ofWhole.formatted("whole")));
      fixture.bring(suspended(fixture.manual("totals", TOTALS)));
      change(fixture, 1);
      fixture.refresh("of_whole");
      fixture.refresh("shares");
      assertThat(fixture.differences("whole", TOTALS)).isPositive();
      assertThat(fixture.differences("totals", TOTALS)).isPositive();
      fixture.assertExact("of_whole", ofWhole.formatted("whole"));
      fixture.assertExact("shares", SHARES);
      fixture.refresh("whole");
      fixture.refresh("of_whole");
      fixture.assertExact("of_whole", ofWhole.formatted("(" + TOTALS + ") AS t"));
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void what_fails_for_good_stops_alone(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withTables(version, new FrontierUpdate())) {
      fixture.bring(
          fixture.manual(
              "shares_of_100",
              "SELECT branch, sum(100 / amount) AS share FROM entry GROUP BY branch"));
      String query =
          "SELECT t.branch, t.total, s.share FROM totals t LEFT JOIN shares_of_100 s ON s.branch ="
              + " t.branch";
      fixture.bring(fixture.manual("both", query));
      fixture.database.execute("INSERT INTO entry VALUES (7000, 1, 0)");
      fixture.refresh("both");
      assertThat(fixture.events)
          .filteredOn(EngineEvent.Stalled.class::isInstance)
          .extracting(event -> ((EngineEvent.Stalled) event).relation())
          .containsExactly(fixture.relation("shares_of_100"));
      fixture.assertExact("totals", TOTALS);
      fixture.assertExact("both", query);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_circle_is_refused_by_name(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withTables(version, new FrontierUpdate())) {
      assertThatThrownBy(() ->
              fixture
                  .engine()
                  .apply(
                      fixture.manual("totals", "SELECT branch, 1::bigint AS n, total FROM large")))
          .isInstanceOfSatisfying(
              TrickleException.class,
              refused -> {
                assertThat(refused.code()).isEqualTo(ErrorCode.CYCLE_DETECTED);
                assertThat(refused.what()).contains("public.totals", "public.large");
              });
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void what_is_read_by_others_is_not_removed(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withTables(version, new FrontierUpdate())) {
      ReleaseOutcome outcome =
          fixture
              .engine()
              .release(
                  fixture.relation("totals"),
                  fixture.manual("totals", TOTALS).origin(),
                  new ReleaseOrder.By(DeletionPolicy.DELETE));
      assertThat(outcome)
          .isEqualTo(
              new ReleaseOutcome.Blocked(
                  java.util.List.of(
                      "stream table public.by_size",
                      "stream table public.large",
                      "stream table public.shares")));
    }
  }

  private static StreamTableDefinition suspended(StreamTableDefinition table) {
    return new StreamTableDefinition(
        table.relation(),
        table.query(),
        table.mode(),
        table.fallback(),
        table.schedule(),
        table.wake(),
        table.owner(),
        table.primaryKey(),
        table.indexes(),
        table.grants(),
        table.limits(),
        StreamTableDefinition.Activity.SUSPENDED,
        table.origin());
  }

  private static EngineFixture withTables(PostgresVersion version, FrontierUpdate frontierUpdate)
      throws SQLException {
    EngineFixture fixture = new EngineFixture(version);
    fixture.database.execute(
        "CREATE TABLE entry (id int PRIMARY KEY, branch int NOT NULL, amount numeric(10,2))",
        "CREATE INDEX ON entry (branch)",
        "INSERT INTO entry SELECT i, i % 7, i FROM generate_series(1, 100) AS i");
    fixture.start(
        new EngineRules(
            new Prologue(),
            new RefreshChooser(),
            frontierUpdate,
            new WindowPredicate(),
            CaptureRules.standard(),
            CaptureSettings.standard(),
            Deadline.LENGTH));
    fixture.bring(fixture.manual("totals", TOTALS));
    fixture.bring(fixture.manual("large", LARGE));
    fixture.bring(fixture.manual("shares", SHARES));
    fixture.bring(fixture.manual("by_size", BY_SIZE));
    fixture.assertExact("shares", SHARES_OF_BASE);
    return fixture;
  }

  private static void change(EngineFixture fixture, int round) throws SQLException {
    fixture.database.execute(
        "INSERT INTO entry VALUES (%d, %d, 11)".formatted(1000 + round, round % 5),
        "UPDATE entry SET amount = amount + 1, branch = (branch + 1) %% 8 WHERE id %% 9 = %d"
            .formatted(round),
        "DELETE FROM entry WHERE id = " + round);
  }
}
