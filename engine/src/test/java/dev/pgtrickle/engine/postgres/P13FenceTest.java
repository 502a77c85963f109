package dev.pgtrickle.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.engine.catalog.Ownership;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P13: whoever lost the database cannot commit. */
class P13FenceTest {
  private static final String VERSIONS = "dev.pgtrickle.testbed.postgres.TestServers#versions";

  /** Reads the epoch, but does not lock the fence. */
  private static final class WithoutLock extends Fence {
    WithoutLock(FenceEpoch epoch) {
      super(epoch);
    }

    @Override
    public String lockStatement() {
      return "SET LOCAL application_name = 'no fence'";
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void a_new_owner_waits_for_the_transaction_of_the_old_one(PostgresVersion version)
      throws Exception {
    assertThat(newOwnerComesInWhileTheOldOneWrites(version, true)).isFalse();
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void planted_without_the_lock_the_old_owner_commits_after_the_new_one_came(
      PostgresVersion version) throws Exception {
    assertThat(newOwnerComesInWhileTheOldOneWrites(version, false)).isTrue();
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void an_old_owner_is_refused_with_its_code(PostgresVersion version) throws Exception {
    try (FencedFixture fixture = new FencedFixture(version);
        Connection successor = fixture.database.connect()) {
      FencedTransactions old = fixture.transactions();
      new Ownership().take(successor, "second");
      assertThatThrownBy(
              () -> old.inTransaction(FencedFixture.STANDARD.bound(), connection -> Boolean.TRUE))
          .isInstanceOfSatisfying(
              TrickleException.class,
              refused -> assertThat(refused.code()).isEqualTo(ErrorCode.FENCED_OUT));
      assertThatThrownBy(() ->
              old.inSnapshot(
                  fixture.reading(), FencedFixture.number("SELECT 1"), (state, snapshot) -> state))
          .isInstanceOfSatisfying(
              TrickleException.class,
              refused -> assertThat(refused.code()).isEqualTo(ErrorCode.FENCED_OUT));
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void backends_of_the_predecessor_are_ended_and_no_others(PostgresVersion version)
      throws Exception {
    try (FencedFixture fixture = new FencedFixture(version);
        Connection predecessor = fixture.database.connect();
        Connection application = fixture.database.connect();
        Connection successor = fixture.database.connect()) {
      Ownership ownership = new Ownership();
      ownership.record(predecessor, fixture.epoch);
      ownership.take(successor, "second");
      assertThatThrownBy(() -> run(predecessor, "SELECT 1")).isInstanceOf(SQLException.class);
      run(application, "SELECT 1");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void a_killed_owner_that_hangs_in_a_statement_does_not_keep_the_next_one_out(
      PostgresVersion version) throws Exception {
    try (FencedFixture fixture = new FencedFixture(version);
        Connection predecessor = fixture.database.connect();
        Connection successor = fixture.database.connect()) {
      new Ownership().record(predecessor, fixture.epoch);
      run(predecessor, "BEGIN");
      run(predecessor, "LOCK TABLE pgtrickle.fence IN ROW SHARE MODE");
      FenceEpoch next = new Ownership().take(successor, "second");
      assertThat(next.value()).isGreaterThan(fixture.epoch.value());
    }
  }

  private static boolean newOwnerComesInWhileTheOldOneWrites(
      PostgresVersion version, boolean locked) throws Exception {
    try (FencedFixture fixture = new FencedFixture(version);
        Connection successor = fixture.database.connect()) {
      fixture.database.execute("CREATE TABLE result (epoch bigint)");
      Fence fence = locked ? new Fence(fixture.epoch) : new WithoutLock(fixture.epoch);
      return fixture
          .transactions(fence, new Prologue())
          .inSnapshot(
              fixture.reading(),
              FencedFixture.number("SELECT 1"),
              (state, snapshot) -> {
                CompletableFuture<FenceEpoch> taken =
                    CompletableFuture.supplyAsync(() -> new Ownership().take(successor, "second"));
                boolean came = finishesWithin(taken);
                snapshot.commit(
                    List.of(
                        SnapshotPart.reported(
                            BoundStatement.of(
                                "INSERT INTO public.result VALUES (1) RETURNING epoch"),
                            row -> Boolean.TRUE)));
                taken.join();
                return came;
              });
    }
  }

  private static boolean finishesWithin(CompletableFuture<FenceEpoch> taken) {
    try {
      taken.get(300, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException stillWaiting) {
      return false;
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
