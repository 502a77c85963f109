package dev.pgtrickle.engine.sql.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.algebra.rewrite.Normalisation;
import dev.pgtrickle.engine.algebra.rewrite.RewriteRule;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The round-trip oracle: what the algebra says, written as SQL again, has the same columns and the
 * same rows as the query, both told by PostgreSQL.
 */
class RoundTripTest {

  /** Queries without one result: chance, or the order in which rows happen to stand. */
  private static final Set<String> WITHOUT_ONE_RESULT = Set.of("tablesample");

  /** What PostgreSQL 14 to 16 do not know yet. */
  private static final Set<String> NEWER =
      Set.of(
          "agg_variety",
          "at_local",
          "is_json",
          "json_ctor",
          "json_objectagg",
          "json_table",
          "json_value_query");

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void everyQueryOfTheSuitesKeepsItsRowsAndTypes(PostgresVersion version) throws SQLException {
    List<String> differences = new ArrayList<>();
    for (Suite suite : Suite.values()) {
      try (TestDatabase database = TestDatabase.create(version)) {
        database.execute(suite.schema());
        try (CanonicalSession session = new CanonicalSession(database)) {
          Set<String> refused = new TreeSet<>();
          for (Suite.Case query : suite.cases()) {
            Optional<String> canonical = session.canonicalOfUser(query.sql());
            if (canonical.isEmpty()) {
              refused.add(query.name());
            } else {
              differences.addAll(differences(session, query, canonical.get()));
            }
          }
          assertThat(refused).as(suite + " on " + version).isSubsetOf(notKnownTo(version));
        }
      }
    }
    assertThat(differences).isEmpty();
  }

  /** Of the plan as it is, and after all rules; if that differs, after each rule alone. */
  private static List<String> differences(
      CanonicalSession session, Suite.Case query, String canonical) {
    RoundTrip.Compared compared =
        WITHOUT_ONE_RESULT.contains(query.name())
            ? RoundTrip.Compared.TYPES
            : RoundTrip.Compared.ROWS;
    List<String> differences = new ArrayList<>();
    new RoundTrip(session)
        .difference(canonical, compared)
        .map(difference -> query.name() + ": " + difference)
        .ifPresent(differences::add);
    new RoundTrip(session, new Normalisation()::apply)
        .difference(canonical, compared)
        .map(difference -> query.name() + " normalised: " + difference)
        .ifPresent(differences::add);
    for (RewriteRule rule :
        differences.isEmpty() ? List.<RewriteRule>of() : Normalisation.rules()) {
      new RoundTrip(session, rule::apply)
          .difference(canonical, compared)
          .map(difference ->
              query.name() + " by " + rule.getClass().getSimpleName() + ": " + difference)
          .ifPresent(differences::add);
    }
    return differences;
  }

  static Set<String> notKnownTo(PostgresVersion version) {
    return version.major() >= 17 ? Set.of() : NEWER;
  }

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void everySystemViewKeepsItsColumns(PostgresVersion version) throws SQLException {
    try (TestDatabase database = TestDatabase.create(version);
        CanonicalSession session = new CanonicalSession(database)) {
      RoundTrip roundTrip = new RoundTrip(session);
      List<String> differences = new ArrayList<>();
      for (Map.Entry<String, Long> view : FixpointTest.systemViews(session).entrySet()) {
        if (!FixpointTest.NO_VIEW_OF_THEM.contains(view.getKey())) {
          roundTrip
              .difference(session.canonicalOfView(view.getValue()), RoundTrip.Compared.TYPES)
              .map(difference -> view.getKey() + ": " + difference)
              .ifPresent(differences::add);
        }
      }
      assertThat(differences).isEmpty();
    }
  }
}
