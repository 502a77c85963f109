package dev.pgtrickle.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P2: locks before the snapshot, in one string. */
class P2PrologueTest {
  private static final String VERSIONS = "dev.pgtrickle.testbed.postgres.TestServers#versions";

  /** A prologue whose snapshot comes before its locks: it has none. */
  private static final class WithoutLocks extends Prologue {
    @Override
    protected List<String> tableLocks(LockPlan locks) {
      return List.of();
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void a_table_that_is_truncated_after_the_snapshot_keeps_its_rows_for_the_refresh(
      PostgresVersion version) throws Exception {
    assertThat(rowsReadWhileSomebodyTruncates(version, new Prologue())).isEqualTo(100);
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void planted_without_the_locks_the_table_looks_empty(PostgresVersion version) throws Exception {
    assertThat(rowsReadWhileSomebodyTruncates(version, new WithoutLocks())).isZero();
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void the_snapshot_is_younger_than_a_lock_that_was_waited_for(PostgresVersion version)
      throws Exception {
    try (FencedFixture fixture = new FencedFixture(version)) {
      fixture.database.execute("CREATE TABLE source (id int)");
      SqlSession writer = fixture.session();
      writer.execute("BEGIN", "LOCK TABLE source IN ACCESS EXCLUSIVE MODE");
      writer.execute("INSERT INTO source VALUES (1)");
      CompletableFuture<Long> seen =
          CompletableFuture.supplyAsync(() ->
              fixture
                  .transactions()
                  .inSnapshot(
                      fixture.reading("source"),
                      FencedFixture.number("SELECT count(*) FROM public.source"),
                      (count, snapshot) -> count));
      awaitSomebodyWaiting(fixture);
      writer.execute("COMMIT");
      assertThat(seen.get(10, TimeUnit.SECONDS)).isEqualTo(1);
    }
  }

  private static long rowsReadWhileSomebodyTruncates(PostgresVersion version, Prologue prologue)
      throws Exception {
    try (FencedFixture fixture = new FencedFixture(version)) {
      fixture.database.execute(
          "CREATE TABLE source (id int)", "INSERT INTO source SELECT generate_series(1, 100)");
      SqlSession other = fixture.session();
      other.execute("SET lock_timeout = '200ms'");
      return fixture
          .transactions(new Fence(fixture.epoch), prologue)
          .inSnapshot(
              fixture.reading("source"),
              FencedFixture.number("SELECT 1"),
              (one, snapshot) -> {
                try {
                  other.execute("TRUNCATE source");
                } catch (SQLException refused) {
                  assertThat(refused.getSQLState()).isEqualTo("55P03");
                }
                return count(snapshot);
              });
    }
  }

  private static long count(OpenSnapshot snapshot) throws SQLException {
    try (Statement statement = snapshot.connection().createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM public.source")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void awaitSomebodyWaiting(FencedFixture fixture) throws Exception {
    for (int attempt = 0; attempt < 400; attempt++) {
      if (fixture.database.queryLong(
              "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'source'::regclass")
          > 0) {
        return;
      }
      Thread.sleep(1);
    }
    throw new AssertionError("nobody waits for the lock");
  }
}
