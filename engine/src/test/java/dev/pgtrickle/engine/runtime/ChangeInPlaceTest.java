package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.Schedule;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.lifecycle.ApplyOutcome;
import dev.pgtrickle.engine.lifecycle.LifecycleRules;
import dev.pgtrickle.engine.lifecycle.StepListener;
import dev.pgtrickle.engine.storage.ReaderBarrier;
import dev.pgtrickle.engine.storage.WriteGuards;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** P8: a changed definition never shows anything but the old answer or the new one, whole. */
class ChangeInPlaceTest {
  private static final String COUNTS =
      "SELECT branch, count(*) AS n FROM public.entry GROUP BY branch";
  private static final String COUNTS_AND_TOTALS =
      "SELECT branch, count(*) AS n, sum(amount) AS total FROM public.entry GROUP BY branch";
  private static final List<String> CHAIN =
      List.of(
          COUNTS,
          COUNTS_AND_TOTALS,
          // The same columns, other rows.
          "SELECT branch, count(*) AS n, sum(amount) AS total FROM public.entry WHERE id > 100"
              + " GROUP BY branch",
          // Another source, with another key.
          "SELECT branch, n, total FROM public.other",
          // No key at all, and a column more.
          "SELECT branch, n, total, note FROM public.heap",
          // Another column behind it: the hash of a keyless row changes.
          "SELECT branch, n, total, note, extra FROM public.heap",
          "SELECT branch, n, total, note, extra FROM public.heap WHERE n > 3");

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void each_change_ends_exact_and_goes_on_differentially(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withEntries(version)) {
      fixture.start();
      for (String query : CHAIN) {
        fixture.bring(fixture.manual("totals", query));
        fixture.assertExact("totals", query);
        fixture.database.execute(
            "UPDATE entry SET amount = amount + 1 WHERE id % 7 = 0",
            "UPDATE other SET n = n + 1 WHERE id % 2 = 0",
            "INSERT INTO heap SELECT 1, 5, 1, 'x', g % 2 FROM generate_series(1, 4) AS g",
            "DELETE FROM heap WHERE ctid IN (SELECT ctid FROM heap WHERE extra = 1 LIMIT 1)");
        assertThat(fixture.refresh("totals").mode()).as(query).isEqualTo("Differential");
        fixture.assertExact("totals", query);
      }
      assertThat(fixture.database.queryLong("SELECT count(*) FROM pgtrickle.storage_version"))
          .isEqualTo(1);
      assertThat(
              fixture.database.queryLong(
                  "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'entry'::regclass"))
          .as("a source that is not read any more is not captured any more")
          .isZero();
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void readers_see_the_old_answer_or_the_new_one(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withEntries(version)) {
      fixture.start();
      fixture.bring(fixture.manual("totals", COUNTS));
      AtomicReference<Throwable> seen = new AtomicReference<>();
      AtomicBoolean go = new AtomicBoolean(true);
      Thread poller = Thread.ofVirtual().start(() -> poll(fixture, go, seen));
      try (Connection connection = fixture.database.connect()) {
        SqlSession early = new SqlSession(connection);
        early.execute("BEGIN ISOLATION LEVEL REPEATABLE READ");
        assertThat(early.queryLong("SELECT count(*) FROM entry")).isEqualTo(1000);
        fixture.database.execute("UPDATE entry SET branch = 99 WHERE branch = 1");
        fixture.engine().apply(fixture.manual("totals", COUNTS_AND_TOTALS));
        EngineFixture.await("the new rows are there", () -> fixture.differencesOfCounts() == 0);
        Thread.sleep(600);
        assertThat(early.queryLong("SELECT count(*) FROM totals WHERE branch = 99"))
            .as("an older snapshot, which has not touched the relation, sees the old answer")
            .isZero();
        assertThat(early.queryLong("SELECT count(*) FROM totals")).isEqualTo(10);
        assertThat(columns(fixture)).as("no new column before the barrier").isEqualTo(2);
        assertThat(fixture.engine().report().getFirst().state()).isEqualTo("changing");
        early.execute("COMMIT");
      }
      fixture.engine().await(fixture.relation("totals"), Duration.ofSeconds(30));
      assertThat(columns(fixture)).isEqualTo(3);
      fixture.assertExact("totals", COUNTS_AND_TOTALS);
      go.set(false);
      poller.join();
      assertThat(seen.get()).isNull();
    }
  }

  /** Nobody is ever too old. */
  private static final class NoBarrier extends ReaderBarrier {
    @Override
    public boolean passed(Connection connection, Mark mark, Duration patience) {
      return true;
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void planted_without_the_barrier_an_older_snapshot_reads_null(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = withEntries(version)) {
      fixture.start(
          EngineRules.standard()
              .with(new LifecycleRules(StepListener.silent(), new NoBarrier(), new WriteGuards())));
      fixture.bring(fixture.manual("totals", COUNTS));
      try (Connection connection = fixture.database.connect()) {
        SqlSession early = new SqlSession(connection);
        early.execute("BEGIN ISOLATION LEVEL REPEATABLE READ");
        early.queryLong("SELECT count(*) FROM entry");
        fixture.bring(fixture.manual("totals", COUNTS_AND_TOTALS));
        assertThat(early.queryLong("SELECT count(*) FROM totals WHERE total IS NULL"))
            .isEqualTo(10);
        early.execute("COMMIT");
      }
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void incompatible_columns_are_named_and_the_old_table_goes_on(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = withEntries(version)) {
      fixture.start();
      fixture.bring(fixture.manual("totals", COUNTS_AND_TOTALS));
      assertRefused(
          fixture,
          "SELECT branch, sum(amount) AS total FROM public.entry GROUP BY branch",
          "column n is gone");
      assertRefused(
          fixture,
          "SELECT branch, count(*) AS entries, sum(amount) AS total FROM public.entry"
              + " GROUP BY branch",
          "column n is gone, entries stands in its place");
      assertRefused(
          fixture,
          "SELECT branch, n::integer AS n, total FROM public.other",
          "column n was bigint and would be integer");
      assertRefused(
          fixture,
          "SELECT count(*) AS n, branch, sum(amount) AS total FROM public.entry GROUP BY branch",
          "column branch is not at place 1");
      fixture.database.execute("DELETE FROM entry WHERE id < 20");
      assertThat(fixture.refresh("totals").mode()).isEqualTo("Differential");
      fixture.assertExact("totals", COUNTS_AND_TOTALS);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void settings_change_without_touching_rows(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withEntries(version)) {
      fixture.start();
      fixture.bring(fixture.manual("totals", COUNTS));
      long loads = fixture.database.queryLong("SELECT count(*) FROM pgtrickle.history");
      StreamTableDefinition often =
          fixture.definition("totals", COUNTS, new Schedule.OnChange(), RefreshMode.AUTO);
      assertThat(fixture.engine().apply(often))
          .isEqualTo(new ApplyOutcome.Changed(ApplyOutcome.Changed.Extent.SETTINGS));
      fixture.engine().await(often.relation(), Duration.ofSeconds(30));
      assertThat(fixture.engine().apply(often)).isEqualTo(new ApplyOutcome.Unchanged());
      assertThat(fixture.database.queryLong("SELECT count(*) FROM pgtrickle.history"))
          .isEqualTo(loads);
      fixture.database.execute("DELETE FROM entry WHERE id < 10");
      EngineFixture.await(
          "it is refreshed by itself now", () -> fixture.differences("totals", COUNTS) == 0);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_source_that_loses_its_key_is_followed_in_place(PostgresVersion version) throws Exception {
    String query = "SELECT id, branch, amount FROM public.entry";
    try (EngineFixture fixture = withEntries(version)) {
      fixture.start();
      fixture.bring(fixture.manual("totals", query));
      fixture.database.execute(
          "ALTER TABLE entry DROP CONSTRAINT entry_pkey",
          "ALTER TABLE entry ALTER COLUMN id DROP NOT NULL",
          "INSERT INTO entry SELECT * FROM entry WHERE id < 5",
          "INSERT INTO entry (id) VALUES (NULL)");
      EngineFixture.await(
          "the table equals its query",
          () -> {
            fixture.tryRefresh("totals");
            return fixture.differences("totals", query) == 0;
          });
      fixture.database.execute("DELETE FROM entry WHERE id = 3");
      fixture.refresh("totals");
      fixture.assertExact("totals", query);
    }
  }

  private static void assertRefused(EngineFixture fixture, String query, String why) {
    assertThatThrownBy(() -> fixture.engine().apply(fixture.manual("totals", query)))
        .isInstanceOfSatisfying(
            TrickleException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNSUPPORTED))
        .hasMessageContaining(why);
  }

  private static void poll(
      EngineFixture fixture, AtomicBoolean go, AtomicReference<Throwable> seen) {
    try (Connection connection = fixture.database.connect()) {
      SqlSession session = new SqlSession(connection);
      while (go.get()) {
        assertThat(session.queryLong("SELECT count(*) FROM totals")).isEqualTo(10);
        assertThat(session.queryLong("SELECT sum(n) FROM totals")).isEqualTo(1000);
        assertThat(
                session.queryLong(
                    "SELECT count(*) FROM totals AS t WHERE to_jsonb(t) -> 'total' = 'null'"))
            .isZero();
      }
    } catch (Throwable wrong) {
      seen.set(wrong);
    }
  }

  private static long columns(EngineFixture fixture) throws SQLException {
    return fixture.database.queryLong(
        "SELECT count(*) FROM pg_attribute WHERE attrelid = 'public.totals'::regclass"
            + " AND attnum > 0 AND NOT attisdropped");
  }

  static EngineFixture withEntries(PostgresVersion version) throws SQLException {
    EngineFixture fixture = new EngineFixture(version);
    fixture.database.execute(
        "CREATE TABLE entry (id int PRIMARY KEY, branch int, amount numeric(10,2))",
        "INSERT INTO entry SELECT g, g % 10, g * 1.01 FROM generate_series(1, 1000) AS g",
        "CREATE TABLE other (id int PRIMARY KEY, branch int, n bigint, total numeric)",
        "INSERT INTO other SELECT g, g % 3, g, g * 2 FROM generate_series(1, 50) AS g",
        "CREATE TABLE heap (branch int, n bigint, total numeric, note text, extra int)",
        "INSERT INTO heap SELECT g % 3, g % 5, 1, 'note', g % 2 FROM generate_series(1, 60) AS g");
    return fixture;
  }
}
