package dev.pgtrickle.engine.sql.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.QueryUnparser;
import dev.pgtrickle.engine.algebra.property.CandidateKeys;
import dev.pgtrickle.engine.algebra.property.NonNullColumns;
import dev.pgtrickle.engine.algebra.rewrite.Normalisation;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.relations.Nullability;
import dev.pgtrickle.engine.sql.parser.DeepStack;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No key and no NOT NULL that the algebra claims is ever false in the data. */
class KeysTest {

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void noClaimOfTheSuitesIsFalse(PostgresVersion version) throws SQLException {
    List<String> wrong = new ArrayList<>();
    int withKey = 0;
    int all = 0;
    for (Suite suite : Suite.values()) {
      try (TestDatabase database = TestDatabase.create(version)) {
        database.execute(suite.schema());
        suite.changes().ifPresent(changes -> change(database, changes));
        try (CanonicalSession session = new CanonicalSession(database)) {
          for (Suite.Case query : suite.cases()) {
            Optional<String> canonical = session.canonicalOfUser(query.sql());
            if (canonical.isPresent()) {
              all++;
              Operator plan = plan(session, canonical.get());
              withKey += CandidateKeys.of(plan).keys().isEmpty() ? 0 : 1;
              wrong.addAll(wrongClaims(session, query.name(), plan));
            }
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(withKey).as("of " + all + " queries").isGreaterThan(all / 2);
  }

  @Test
  void noClaimOfRandomQueriesIsFalse() throws SQLException {
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      database.execute(QueryGenerator.SCHEMA);
      try (CanonicalSession session = new CanonicalSession(database)) {
        List<String> wrong = new ArrayList<>();
        int withKey = 0;
        for (long seed = 5_000_000; seed < 5_000_400; seed++) {
          String sql = new QueryGenerator(Choices.random(seed)).query();
          Optional<String> canonical = session.canonicalOfUser(sql);
          if (canonical.isPresent() && session.runs(canonical.get())) {
            Operator plan = plan(session, canonical.get());
            withKey += CandidateKeys.of(plan).keys().isEmpty() ? 0 : 1;
            wrong.addAll(wrongClaims(session, "seed " + seed, plan));
          }
        }
        assertThat(wrong).isEmpty();
        assertThat(withKey).isGreaterThan(50);
      }
    }
  }

  @Test
  void aFalseKeyWouldBeFound() throws SQLException {
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      database.execute(QueryGenerator.SCHEMA);
      try (CanonicalSession session = new CanonicalSession(database)) {
        Operator plan =
            plan(session, session.canonicalOfUser("SELECT id, i FROM t1").orElseThrow());
        Set<ColumnId> claimed = Set.of(plan.columns().getFirst().id());
        assertThat(duplicates(session, plan, claimed)).isGreaterThan(0);
      }
    }
  }

  private static void change(TestDatabase database, String changes) {
    try {
      database.execute(changes);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static Operator plan(CanonicalSession session, String canonical) throws SQLException {
    session.execute("SET LOCAL search_path = pg_catalog; SET LOCAL quote_all_identifiers = on");
    Operator plan =
        DeepStack.call(() -> new Normalisation().apply(new RoundTrip(session).plan(canonical)));
    session.connection().rollback();
    return plan;
  }

  private static List<String> wrongClaims(CanonicalSession session, String name, Operator plan)
      throws SQLException {
    List<String> wrong = new ArrayList<>();
    for (Set<ColumnId> key : CandidateKeys.of(plan).keys()) {
      if (duplicates(session, plan, key) > 0) {
        wrong.add(name + ": no key: " + names(plan, key) + "\n" + new QueryUnparser().query(plan));
      }
    }
    Set<ColumnId> never = NonNullColumns.of(plan);
    for (Column column : plan.columns()) {
      String condition = "(" + position(plan, column.id()) + ") IS NOT DISTINCT FROM NULL";
      boolean claimed = column.nullability() == Nullability.NOT_NULL || never.contains(column.id());
      if (claimed && count(session, plan, "WHERE " + condition) > 0) {
        wrong.add(name + ": NULL in " + column.name());
      }
    }
    return wrong;
  }

  private static long duplicates(CanonicalSession session, Operator plan, Set<ColumnId> key)
      throws SQLException {
    if (key.isEmpty()) {
      return Math.max(0, count(session, plan, "") - 1);
    }
    String columns =
        key.stream().map(id -> position(plan, id)).sorted().collect(Collectors.joining(", "));
    return count(session, plan, "GROUP BY " + columns + " HAVING count(*) > 1");
  }

  private static long count(CanonicalSession session, Operator plan, String tail)
      throws SQLException {
    List<Identifier> names =
        IntStream.range(0, plan.columns().size())
            .mapToObj(index -> Identifier.of("c" + index))
            .toList();
    try {
      session.execute("SET LOCAL search_path = public");
      String sql = new QueryUnparser().query(plan, names);
      return Long.parseLong(
          session.text(
              "SELECT count(*) FROM (SELECT 1 FROM (%s) AS q %s) AS found".formatted(sql, tail)));
    } finally {
      session.connection().rollback();
    }
  }

  private static String names(Operator plan, Set<ColumnId> key) {
    return plan.columns().stream()
        .filter(column -> key.contains(column.id()))
        .map(column -> column.name().name())
        .collect(Collectors.joining(", "));
  }

  private static String position(Operator plan, ColumnId id) {
    for (int index = 0; index < plan.columns().size(); index++) {
      if (plan.columns().get(index).id().equals(id)) {
        return "c" + index;
      }
    }
    throw new IllegalStateException("a key with a column that is not there: " + id);
  }
}
