package dev.pgtrickle.engine.advisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.sql.oracle.SuiteQueries;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.junit.jupiter.api.Test;

/** A trial shows what holds by its form, and refutes what Calcite could have got wrong. */
class TrialTest {
  private static final List<List<String>> SAME =
      List.of(
          List.of(
              "SELECT id FROM ord WHERE qty > 1 AND status = 'paid'",
              "SELECT id FROM ord WHERE status = 'paid' AND qty > 1"),
          List.of("SELECT DISTINCT cust_id FROM ord", "SELECT cust_id FROM ord GROUP BY cust_id"),
          List.of(
              "SELECT c.id, o.qty FROM cust c LEFT JOIN ord o ON o.cust_id = c.id",
              "SELECT c.id, o.qty FROM ord o RIGHT JOIN cust c ON c.id = o.cust_id"),
          List.of(
              "SELECT id FROM cust UNION SELECT id FROM emp",
              "SELECT DISTINCT id FROM (SELECT id FROM emp UNION ALL SELECT id FROM cust) x"));

  private static final List<List<String>> DIFFERENT =
      List.of(
          List.of(
              "SELECT id FROM ord WHERE qty > 1 OR status = 'paid'",
              "SELECT id FROM ord WHERE qty > 1"),
          List.of(
              "SELECT id FROM ord WHERE NOT (qty > 1 OR status = 'paid')",
              "SELECT id FROM ord WHERE NOT (qty > 1 AND status = 'paid')"),
          List.of("SELECT cust_id FROM ord", "SELECT DISTINCT cust_id FROM ord"),
          List.of(
              "SELECT c.id, o.qty FROM cust c LEFT JOIN ord o ON o.cust_id = c.id",
              "SELECT c.id, o.qty FROM cust c JOIN ord o ON o.cust_id = c.id"),
          List.of(
              "SELECT c.id, o.qty FROM cust c LEFT JOIN ord o ON o.cust_id = c.id AND o.qty > 1",
              "SELECT c.id, o.qty FROM cust c LEFT JOIN ord o ON o.cust_id = c.id WHERE o.qty > 1"),
          List.of(
              "SELECT c.id, coalesce(o.qty, 1) AS q FROM cust c LEFT JOIN ord o ON o.cust_id = c.id",
              "SELECT c.id, o.q FROM cust c LEFT JOIN (SELECT cust_id, coalesce(qty, 1) AS q FROM"
                  + " ord) o ON o.cust_id = c.id"),
          List.of(
              "SELECT id FROM cust UNION SELECT id FROM emp",
              "SELECT id FROM cust UNION ALL SELECT id FROM emp"),
          List.of("SELECT count(*) AS n FROM ord", "SELECT count(qty) AS n FROM ord"),
          List.of("SELECT count(*) AS n FROM ord", "SELECT count(NULL::int) AS n FROM ord"),
          List.of("SELECT count(*) AS n FROM ord", "SELECT count(*) AS n FROM ord GROUP BY status"),
          List.of(
              "SELECT count(*) AS n FROM ord",
              "SELECT count(*) AS n FROM ord WHERE status = 'paid'"),
          List.of(
              "SELECT cust_id, sum(qty) AS s FROM ord GROUP BY cust_id",
              "SELECT cust_id, sum(DISTINCT qty) AS s FROM ord GROUP BY cust_id"),
          List.of("SELECT id, cust_id FROM ord", "SELECT cust_id, id FROM ord"));

  @Test
  void whatHoldsIsShownAndWhatDoesNotIsRefuted() throws SQLException {
    try (TestDatabase database = TestDatabase.create(TestServers.newest());
        PlannedQueries queries = PlannedQueries.over(database, SuiteQueries.corpus().schema())) {
      List<String> wrong = new ArrayList<>();
      for (List<String> pair : SAME) {
        if (!shown(queries, pair)) {
          wrong.add("not shown: " + pair);
        }
      }
      for (List<String> pair : DIFFERENT) {
        if (shown(queries, pair)) {
          wrong.add("not refuted: " + pair);
        }
      }
      assertThat(wrong).isEmpty();
    }
  }

  private static boolean shown(PlannedQueries queries, List<String> pair) {
    Substitution substitution = new Substitution();
    RelNode first = substitution.tree(queries.planned(pair.getFirst()));
    RelNode second = substitution.tree(queries.planned(pair.getLast()));
    return new Trial("none", first).shows(first, second);
  }
}
