package dev.pgtrickle.engine.advisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.sql.oracle.SuiteQueries;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * No advice on random queries is wrong: PostgreSQL runs the query, or its part, and the answer from
 * the stream table, and the rows look the same. More of them with {@code -Dadvice.pairs} and {@code
 * -Dadvice.generated}.
 */
class GeneratedAdviceTest {
  private static final int PAIRS = Integer.getInteger("advice.pairs", 60);
  private static final int GENERATED = Integer.getInteger("advice.generated", 20);
  private static final List<QueryShape.Form> FORMS = List.of(QueryShape.Form.values());

  @Test
  void queriesThatNearlyFitAreAnsweredWithTheSameRows() throws SQLException {
    try (TestDatabase database = TestDatabase.create(TestServers.newest());
        PlannedQueries queries =
            PlannedQueries.over(database, SuiteQueries.generated(0, 0).schema())) {
      AdviceChecks checks = new AdviceChecks(queries);
      Map<QueryShape.Form, Integer> byForm = new TreeMap<>();
      for (int seed = 0; seed < PAIRS; seed++) {
        SplittableRandom random = new SplittableRandom(seed);
        QueryShape shape = QueryShape.random(FORMS.get(seed % FORMS.size()), random);
        QueryShape asked = shape.changed(random);
        Optional<Operator> query =
            queries.plan(random.nextInt(3) == 0 ? asked.over(random) : asked.sql());
        Optional<KnownStreamTable> table =
            queries.plan(shape.sql()).map(plan -> PlannedQueries.known("x", plan));
        if (query.isPresent()
            && table.filter(queries::store).isPresent()
            && checks.check("seed " + seed, query.get(), table.get()).isPresent()) {
          byForm.merge(shape.form(), 1, Integer::sum);
        }
      }
      System.out.printf("advice on %d pairs: %s, %d whole%n", PAIRS, byForm, checks.wholes());
      assertThat(checks.wrong()).isEmpty();
      assertThat(byForm).hasSize(FORMS.size());
      assertThat(checks.answers()).isGreaterThan(PAIRS / 5);
      assertThat(checks.wholes()).isGreaterThan(PAIRS / 10);
    }
  }

  @Test
  void generatedQueriesAreAnsweredFromThemselves() throws SQLException {
    SuiteQueries suite = SuiteQueries.generated(7_000_000, GENERATED);
    try (TestDatabase database = TestDatabase.create(TestServers.newest());
        PlannedQueries queries = PlannedQueries.over(database, suite.schema())) {
      AdviceChecks checks = new AdviceChecks(queries);
      for (SuiteQueries.Named named : suite.queries()) {
        Optional<KnownStreamTable> table =
            queries.plan(named.sql()).map(plan -> PlannedQueries.known("x", plan));
        Optional<Operator> outer =
            queries.plan("SELECT DISTINCT q.* FROM (%s) AS q".formatted(named.sql()));
        if (outer.isPresent() && table.filter(queries::store).isPresent()) {
          checks.check(named.name(), table.get().plan(), table.get());
          checks.check(named.name() + ", distinct", outer.get(), table.get());
        }
      }
      System.out.printf("advice on %d queries: %d%n", GENERATED, checks.answers());
      assertThat(checks.wrong()).isEmpty();
      assertThat(checks.answers()).isGreaterThan(GENERATED / 2);
    }
  }

  /** The check itself: rows of another definition in the table are noticed. */
  @Test
  void wrongAdviceIsFound() throws SQLException {
    try (TestDatabase database = TestDatabase.create(TestServers.newest());
        PlannedQueries queries = PlannedQueries.over(database, SuiteQueries.corpus().schema())) {
      for (List<String> planted : SampleTables.WRONG) {
        AdviceChecks checks = new AdviceChecks(queries);
        KnownStreamTable believed = queries.known("x", planted.getFirst());
        queries.store(queries.known("x", planted.getLast()));
        checks.check("planted", believed.plan(), believed);
        assertThat(checks.wrong()).as("%s", planted).hasSize(1);
      }
    }
  }
}
