package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.engine.definition.Grant;
import dev.pgtrickle.engine.definition.IndexDefinition;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.runtime.StreamTableReport.Phase;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.sql.SQLException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Indexes and grants that cannot be had are said at once, and are not tried for ever. */
class DressingTest {
  private static final String QUERY =
      "SELECT branch, count(*) AS n FROM public.entry GROUP BY branch";

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void an_index_on_a_missing_column_is_refused_and_the_table_goes_on(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = withEntries(version)) {
      fixture.start();
      StreamTableDefinition plain = fixture.manual("totals", QUERY);
      assertRefused(() -> fixture.engine().apply(indexed(plain, "absent")), "\"absent\"", "\"n\"");
      assertThat(fixture.engine().report()).isEmpty();

      fixture.bring(plain);
      assertRefused(() -> fixture.engine().apply(indexed(plain, "absent")), "\"absent\"", "\"n\"");
      fixture.database.execute("INSERT INTO entry VALUES (1000, 1)");
      fixture.refresh("totals");
      fixture.assertExact("totals", QUERY);

      fixture.bring(indexed(plain, "n"));
      assertThat(indexes(fixture)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_grant_to_a_missing_role_is_refused_until_the_role_is_there(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = withEntries(version)) {
      fixture.start();
      String role = "reader_" + fixture.database.user();
      StreamTableDefinition granted =
          with(fixture.manual("totals", QUERY), List.of(), List.of(new Grant(Identifier.of(role))));
      assertRefused(() -> fixture.engine().apply(granted), role, "spec.grants");
      fixture.database.executeAsSuperuser("CREATE ROLE " + Identifier.of(role).quoted());
      try {
        fixture.bring(granted);
        assertThat(
                fixture.database.queryLong(
                    "SELECT has_table_privilege('%s', 'totals', 'SELECT')::int".formatted(role)))
            .isEqualTo(1);
      } finally {
        // What it grants meanwhile would be in the way of what is revoked here.
        fixture.engine().close();
        fixture.database.executeAsSuperuser(
            "DROP OWNED BY " + Identifier.of(role).quoted(),
            "DROP ROLE " + Identifier.of(role).quoted());
      }
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void public_is_a_role_that_is_always_there(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withEntries(version)) {
      fixture.start();
      fixture.bring(
          with(
              fixture.manual("totals", QUERY),
              List.of(),
              List.of(new Grant(Identifier.of("public")))));
      assertThat(
              fixture.database.queryLong(
                  "SELECT has_table_privilege('public', 'totals', 'SELECT')::int"))
          .isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void an_index_that_the_type_cannot_have_stalls_with_its_reason(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = withEntries(version)) {
      fixture.start();
      StreamTableDefinition plain =
          fixture.manual("documents", "SELECT id, place FROM public.spot");
      fixture.engine().apply(indexed(plain, "place"));
      EngineFixture.await(
          "stalled",
          () -> fixture.engine().report().stream().anyMatch(r -> r.phase() == Phase.STALLED));
      StreamTableReport.Problem problem =
          fixture.engine().report().getFirst().problem().orElseThrow();
      assertThat(problem.code()).isEqualTo(ErrorCode.INVALID_MANIFEST.word());
      assertThat(problem.message()).contains("point");
      assertThat(problem.remedy()).contains("spec.indexes");

      fixture.bring(plain);
      fixture.assertExact("documents", "SELECT id, place FROM public.spot");
    }
  }

  private static void assertRefused(ThrowingCallable asking, String... words) {
    assertThatThrownBy(asking)
        .isInstanceOfSatisfying(
            TrickleException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_MANIFEST);
              assertThat(refused.what() + " " + refused.remedy()).contains(words);
            });
  }

  private static StreamTableDefinition indexed(StreamTableDefinition definition, String column) {
    return with(
        definition,
        List.of(
            new IndexDefinition(
                List.of(Identifier.of(column)),
                Identifier.of("btree"),
                IndexDefinition.Uniqueness.NOT_UNIQUE)),
        List.of());
  }

  private static StreamTableDefinition with(
      StreamTableDefinition definition, List<IndexDefinition> indexes, List<Grant> grants) {
    return new StreamTableDefinition(
        definition.relation(),
        definition.query(),
        definition.mode(),
        definition.fallback(),
        definition.schedule(),
        definition.wake(),
        definition.owner(),
        definition.primaryKey(),
        indexes,
        grants,
        definition.limits(),
        definition.activity(),
        definition.origin(),
        definition.policies());
  }

  private static long indexes(EngineFixture fixture) throws SQLException {
    return fixture.database.queryLong(
        "SELECT count(*) FROM pg_indexes WHERE schemaname = 'pgtrickle_data' AND indexname LIKE"
            + " '%_index_%'");
  }

  private static EngineFixture withEntries(PostgresVersion version) throws SQLException {
    EngineFixture fixture = new EngineFixture(version);
    fixture.database.execute(
        "CREATE TABLE entry (id int PRIMARY KEY, branch int NOT NULL)",
        "INSERT INTO entry SELECT g, g % 9 FROM generate_series(1, 100) AS g",
        "CREATE TABLE spot (id int PRIMARY KEY, place point)",
        "INSERT INTO spot SELECT g, point(g, g) FROM generate_series(1, 10) AS g");
    return fixture;
  }
}
