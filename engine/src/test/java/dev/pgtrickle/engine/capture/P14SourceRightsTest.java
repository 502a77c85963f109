package dev.pgtrickle.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.source.Coverage;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P14 for sources: what SELECT and TRIGGER on somebody else's table are enough for. */
class P14SourceRightsTest {
  private static final String VERSIONS = "dev.pgtrickle.testbed.postgres.TestServers#versions";

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void missingRightsAreNamedOneByOne(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      SqlSession owner = foreignTable(fixture);
      String engine = fixture.database().user();
      owner.execute("REVOKE ALL ON public.t FROM " + engine);
      assertRefusedFor(fixture, "SELECT");
      owner.execute("GRANT SELECT (id) ON public.t TO " + engine);
      assertRefusedFor(fixture, "SELECT");
      owner.execute("GRANT SELECT ON public.t TO " + engine);
      assertRefusedFor(fixture, "TRIGGER");
      owner.execute("GRANT TRIGGER ON public.t TO " + engine);
      fixture.ensure("t", 1);
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void withoutOwnershipOrdinaryWritersAreCapturedAndTruncateIsAReset(PostgresVersion version)
      throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      SqlSession owner = foreignTable(fixture);
      CaptureResult result =
          fixture.capture().ensure(fixture.requirement("t", 1), CaptureFixture.options());
      assertThat(result.coverage()).isEqualTo(Coverage.ORIGIN_ONLY);
      owner.execute(
          "INSERT INTO public.t VALUES (1)", "UPDATE public.t SET id = 2", "TRUNCATE public.t");
      assertThat(fixture.captured(result.sourceId(), 1))
          .containsExactly("!1", "+1 1", "+1 2", "-1 1");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void theBarrierWorksWithTheRightToCreateTriggersAlone(PostgresVersion version)
      throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      SqlSession owner = foreignTable(fixture);
      fixture.ensure("t", 1);
      owner.execute("BEGIN", "INSERT INTO public.t VALUES (1, 2)");
      assertThatThrownBy(() -> fixture.ensure("t", 1, 2))
          .as("a writer is under way")
          .isInstanceOfSatisfying(
              TrickleException.class,
              busy -> assertThat(busy.code()).isEqualTo(ErrorCode.LOCK_TIMEOUT));
      owner.execute("COMMIT");
      long source = fixture.ensure("t", 1, 2);
      owner.execute("INSERT INTO public.t VALUES (3, 4)");
      assertThat(fixture.captured(source, 1, 2)).containsExactly("+1 3 4");
      assertThat(
              fixture
                  .database()
                  .queryLong("SELECT count(*) FROM pg_trigger WHERE tgname = 'pgtrickle_barrier'"))
          .isZero();
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void plantedABarrierThatCanOnlyLockNeverPasses(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      foreignTable(fixture);
      assertThatThrownBy(
              () -> fixture.ensure(fixture.capture(PlantedRules.with(new LockOnly())), "t", 1))
          .isInstanceOfSatisfying(
              TrickleException.class,
              refused -> assertThat(refused.code()).isEqualTo(ErrorCode.PERMISSION_DENIED));
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void tamperingWithAForeignTableIsRepairedAndReleasedWithoutOwnership(PostgresVersion version)
      throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      SqlSession owner = foreignTable(fixture);
      long source = fixture.ensure("t", 1);
      owner.execute("ALTER TABLE public.t DISABLE TRIGGER USER", "INSERT INTO public.t VALUES (1)");
      assertThat(fixture.ensure("t", 1)).isEqualTo(source);
      owner.execute("INSERT INTO public.t VALUES (2)");
      assertThat(fixture.captured(source, 1)).containsExactly("+1 2");
      fixture.capture().release(source);
      assertThat(
              fixture
                  .database()
                  .queryLong("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal"))
          .isZero();
      owner.execute("INSERT INTO public.t VALUES (3)");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void becomingTheOwnerCompletesTheCoverage(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      foreignTable(fixture);
      ToyConsumer consumer =
          ToyConsumer.loaded(fixture, CaptureRules.standard(), "t", Map.of(1, "id"));
      fixture
          .database()
          .executeAsSuperuser("ALTER TABLE public.t OWNER TO " + fixture.database().user());
      assertThat(consumer.state().difference().parts()).containsExactly(FingerprintPart.RELATION);
      CaptureResult result =
          fixture.capture().ensure(fixture.requirement("t", 1), CaptureFixture.options());
      assertThat(result).isEqualTo(new CaptureResult(consumer.source(), Coverage.COMPLETE));
      fixture
          .superuser()
          .execute("SET session_replication_role = replica", "INSERT INTO public.t VALUES (1)");
      assertThat(fixture.captured(consumer.source(), 1)).containsExactly("+1 1");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void aTruncateThatNoTriggerSawIsFoundByTheFile(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      foreignTable(fixture);
      fixture.database().executeAsSuperuser("INSERT INTO public.t VALUES (1)");
      ToyConsumer consumer =
          ToyConsumer.loaded(fixture, CaptureRules.standard(), "t", Map.of(1, "id"));
      fixture.superuser().execute("SET session_replication_role = replica", "TRUNCATE public.t");
      assertThat(consumer.state().rewritten()).isTrue();
      assertThat(consumer.refresh()).isEqualTo(ToyConsumer.Mode.FULL);
      assertThat(consumer.rows()).isEmpty();
    }
  }

  private static void assertRefusedFor(CaptureFixture fixture, String right) {
    assertThatThrownBy(() -> fixture.ensure("t", 1))
        .isInstanceOfSatisfying(
            TrickleException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(ErrorCode.PERMISSION_DENIED);
              assertThat(refused.what()).contains(right);
              assertThat(refused.remedy()).contains("GRANT " + right);
            });
  }

  /** A table of a superuser on which the engine role has SELECT and TRIGGER. */
  private static SqlSession foreignTable(CaptureFixture fixture) throws SQLException {
    SqlSession owner = fixture.superuser();
    for (String statement :
        List.of(
            "CREATE TABLE public.t (id int, v int)",
            "GRANT SELECT, TRIGGER ON public.t TO " + fixture.database().user())) {
      owner.execute(statement);
    }
    return owner;
  }

  private static final class LockOnly extends Barrier {
    @Override
    public void pass(
        FencedTransactions transactions, Collection<QualifiedName> relations, Duration budget) {
      transactions.politely(
          budget,
          connection -> {
            try (Statement statement = connection.createStatement()) {
              return statement.execute(
                  "LOCK TABLE "
                      + relations.iterator().next().quoted()
                      + " IN SHARE ROW EXCLUSIVE MODE");
            }
          });
    }
  }
}
