package dev.pgtrickle.engine.advisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.sql.AnalyzedQuery;
import dev.pgtrickle.engine.sql.oracle.SuiteQueries;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Over every query of the suites: each advice is true, because PostgreSQL runs the query, or its
 * part, and the answer from the stream table, and the rows look the same; and the keys that Calcite
 * sees are those that we see, but for what is explained.
 */
class SuiteAdviceTest {
  private static PlannedSuite corpus;
  private static PlannedSuite tpch;
  private static PlannedSuite nexmark;

  @BeforeAll
  static void plan() throws SQLException {
    corpus = PlannedSuite.of("corpus", SuiteQueries.corpus());
    tpch = PlannedSuite.of("tpch", SuiteQueries.tpch());
    nexmark = PlannedSuite.of("nexmark", SuiteQueries.nexmark());
  }

  @AfterAll
  static void drop() throws SQLException {
    corpus.close();
    tpch.close();
    nexmark.close();
  }

  @Test
  void aQueryIsAnsweredFromItself() {
    List<String> wrong = new ArrayList<>();
    int answers = 0;
    for (PlannedSuite suite : List.of(corpus, tpch, nexmark)) {
      AdviceChecks checks = new AdviceChecks(suite.queries());
      for (Map.Entry<String, AnalyzedQuery> query : suite.analyzed().entrySet()) {
        Optional<Operator> plan = PlannedQueries.steady(query.getValue());
        if (plan.isPresent() && !plan.get().columns().isEmpty()) {
          KnownStreamTable itself = PlannedQueries.known("itself", plan.get());
          suite.queries().store(itself);
          if (!checks
              .check(query.getKey(), itself.plan(), itself)
              .equals(Optional.of(Advice.Extent.WHOLE))) {
            wrong.add(query.getKey() + ": is not answered");
          }
        }
      }
      wrong.addAll(checks.wrong());
      answers += checks.answers();
    }
    assertThat(wrong).isEmpty();
    assertThat(answers).isGreaterThan(180);
  }

  @Test
  void queriesAreAnsweredFromSomeTables() {
    AdviceChecks ofCorpus = answered(corpus, SampleTables.CORPUS);
    AdviceChecks ofTpch = answered(tpch, SampleTables.TPCH);
    assertThat(ofCorpus.wrong()).isEmpty();
    assertThat(ofTpch.wrong()).isEmpty();
    assertThat(ofCorpus.answers()).isGreaterThan(50);
    assertThat(ofTpch.answers()).isGreaterThan(15);
  }

  private static AdviceChecks answered(PlannedSuite suite, SampleTables tables) {
    AdviceChecks checks = new AdviceChecks(suite.queries());
    List<KnownStreamTable> known = tables.known(suite.queries());
    known.forEach(suite.queries()::store);
    suite
        .analyzed()
        .forEach((name, query) ->
            PlannedQueries.steady(query)
                .ifPresent(plan -> known.forEach(table -> checks.check(name, plan, table))));
    return checks;
  }

  @Test
  void everyDisagreementOnKeysIsExplained() {
    KeyComparison comparison = new KeyComparison();
    for (PlannedSuite suite : List.of(corpus, tpch, nexmark)) {
      suite.analyzed().forEach((name, query) -> comparison.compare(name, query.plan()));
    }
    assertThat(comparison.unexplained()).isEmpty();
    assertThat(comparison.unused()).isEmpty();
    assertThat(comparison.agreed()).isGreaterThan(90);
  }
}
