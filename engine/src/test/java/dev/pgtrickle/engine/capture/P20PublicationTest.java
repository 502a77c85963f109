package dev.pgtrickle.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P20: a publication of all tables would publish ours too. */
class P20PublicationTest {
  private static final String VERSIONS = "dev.pgtrickle.testbed.postgres.TestServers#versions";

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void captureIsRefusedWhileOneExists(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute("CREATE TABLE t (id int)");
      fixture.database().executeAsSuperuser("CREATE PUBLICATION everything FOR ALL TABLES");
      assertThatThrownBy(() -> fixture.ensure("t", 1))
          .isInstanceOfSatisfying(
              TrickleException.class,
              refused -> {
                assertThat(refused.code()).isEqualTo(ErrorCode.PUBLICATION_FOR_ALL_TABLES);
                assertThat(refused.what()).contains("everything");
              });
      assertThat(fixture.database().queryLong("SELECT count(*) FROM pgtrickle.source")).isZero();
      fixture
          .database()
          .executeAsSuperuser(
              "DROP PUBLICATION everything", "CREATE PUBLICATION one FOR TABLE public.t");
      fixture.ensure("t", 1);
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void oneThatComesLaterIsADifference(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute("CREATE TABLE t (id int)");
      ToyConsumer consumer =
          ToyConsumer.loaded(fixture, CaptureRules.standard(), "t", Map.of(1, "id"));
      fixture.database().executeAsSuperuser("CREATE PUBLICATION everything FOR ALL TABLES");
      assertThat(consumer.state().difference().parts())
          .containsExactly(FingerprintPart.PUBLICATIONS);
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void plantedWithoutTheGuardOurBuffersCannotBeCleaned(PostgresVersion version)
      throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute("CREATE TABLE t (id int)");
      fixture.database().executeAsSuperuser("CREATE PUBLICATION everything FOR ALL TABLES");
      CaptureRules careless = PlantedRules.with(new PlantedRules.NoPublicationGuard());
      assertThatThrownBy(() -> fixture.ensure(fixture.capture(careless), "t", 1))
          .isInstanceOfSatisfying(
              TrickleException.class,
              failure -> assertThat(failure.sqlState()).as("no identity").contains("55000"));
    }
  }
}
