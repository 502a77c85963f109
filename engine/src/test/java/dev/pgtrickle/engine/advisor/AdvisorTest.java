package dev.pgtrickle.engine.advisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.sql.oracle.SuiteQueries;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is advised, in words, and what is not. */
class AdvisorTest {
  private static final Advisor ADVISOR = new Advisor();
  private static final String WHOLE = "this query can be answered from stream table public.x";

  private static TestDatabase database;
  private static PlannedQueries queries;

  @BeforeAll
  static void create() throws SQLException {
    database = TestDatabase.create(TestServers.newest());
    queries = PlannedQueries.over(database, SuiteQueries.corpus().schema());
  }

  @AfterAll
  static void drop() throws SQLException {
    queries.close();
    database.close();
  }

  @Test
  void fewerRowsAndColumnsOfATableAreInIt() {
    String paid = "SELECT id, cust_id, amount FROM ord WHERE status = 'paid'";
    assertThat(advice(paid, paid)).containsExactly(WHOLE);
    assertThat(advice("SELECT cust_id FROM ord WHERE status = 'paid' AND amount > 100", paid))
        .containsExactly(WHOLE);
    assertThat(advice("SELECT id FROM ord WHERE status = 'sent'", paid)).isEmpty();
    assertThat(advice("SELECT id FROM ord", paid)).isEmpty();
    assertThat(advice("SELECT id, qty FROM ord WHERE status = 'paid'", paid)).isEmpty();
    assertThat(advice("SELECT id FROM ord WHERE status = 'paid' OR amount > 100", paid)).isEmpty();
    assertThat(
            advice(
                "SELECT cust_id, sum(amount) AS s FROM ord WHERE status = 'paid' GROUP BY cust_id",
                paid))
        .containsExactly(WHOLE);
  }

  @Test
  void countsOfFewerGroupsAreInThoseOfMore() {
    String byBoth = "SELECT status, cust_id, count(*) AS n FROM ord GROUP BY status, cust_id";
    assertThat(advice("SELECT cust_id, count(*) AS n FROM ord GROUP BY cust_id", byBoth))
        .containsExactly(WHOLE);
    assertThat(advice("SELECT cust_id, count(qty) AS n FROM ord GROUP BY cust_id", byBoth))
        .isEmpty();
    assertThat(advice("SELECT cust_id, count(NULL::int) AS n FROM ord GROUP BY cust_id", byBoth))
        .isEmpty();
    assertThat(
            advice(
                "SELECT cust_id, sum(qty) AS s FROM ord WHERE qty > 2 GROUP BY cust_id",
                "SELECT cust_id, sum(qty) AS s FROM ord GROUP BY cust_id"))
        .isEmpty();
    assertThat(advice("SELECT count(*) AS n FROM ord WHERE 1 = 2", "SELECT count(*) AS n FROM ord"))
        .isEmpty();
  }

  @Test
  void aTableIsFoundBelowWhatCalciteDoesNotSee() {
    String paid = "SELECT id, cust_id, amount FROM ord WHERE status = 'paid'";
    String part =
        "a part of this query, over public.ord, can be answered from stream table public.x";
    assertThat(
            advice(
                "SELECT id, rank() OVER (ORDER BY amount, id) AS r FROM ord WHERE status = 'paid'",
                paid))
        .containsExactly(part);
    assertThat(
            advice(
                "SELECT name FROM cust c WHERE id NOT IN (SELECT cust_id FROM ord WHERE status ="
                    + " 'paid')",
                paid))
        .containsExactly(part);
    assertThat(
            advice(
                "SELECT e.kind, p.amount FROM app.evt e JOIN ord p ON p.id = e.id WHERE p.status ="
                    + " 'paid'",
                paid))
        .containsExactly(part);
    assertThat(
            advice(
                "SELECT name FROM cust c WHERE EXISTS (SELECT FROM ord o WHERE o.status = 'paid'"
                    + " AND o.qty > c.id LIMIT 3)",
                paid))
        .isEmpty();
  }

  /** Their values can be equal and look different, and which one is shown is another question. */
  @Test
  void equalIsNotEnough() {
    assertThat(
            advice(
                "SELECT ratio, count(*) AS n FROM ord GROUP BY ratio",
                "SELECT ratio, cust_id, count(*) AS n FROM ord GROUP BY ratio, cust_id"))
        .isEmpty();
    assertThat(
            advice(
                "SELECT o.ratio FROM ord o JOIN ord p ON p.ratio = o.ratio",
                "SELECT p.ratio FROM ord o JOIN ord p ON p.ratio = o.ratio"))
        .isEmpty();
    assertThat(advice("SELECT DISTINCT amount FROM ord", "SELECT DISTINCT amount, ratio FROM ord"))
        .isEmpty();
  }

  @Test
  void otherTablesAreNotAskedFor() {
    assertThat(advice("SELECT id FROM cust", "SELECT id FROM emp")).isEmpty();
    assertThat(
            advice("SELECT id FROM cust", "SELECT c.id FROM cust c JOIN ord o ON o.cust_id = c.id"))
        .isEmpty();
  }

  @Test
  void columnsAreFollowedToTheirSources() {
    assertThat(
            lineage(
                "SELECT c.name || o.notes AS label, (SELECT max(i.price) FROM item i WHERE"
                    + " i.ord_id = o.id) AS top, 1 AS one, row_number() OVER (ORDER BY o.id) AS n"
                    + " FROM v_active c JOIN ord o ON o.cust_id = c.id"))
        .containsExactly(
            "label: [public.cust.name, public.ord.notes]",
            "top: [public.item.price]",
            "one: []",
            "n: []");
    assertThat(
            lineage(
                "WITH w AS (SELECT region AS r, sum(score) AS s FROM cust GROUP BY region) SELECT"
                    + " r, s FROM w UNION SELECT dept, sal FROM emp"))
        .containsExactly(
            "r: [public.cust.region, public.emp.dept]", "s: [public.cust.score, public.emp.sal]");
  }

  private static List<String> lineage(String query) {
    return ADVISOR.lineage(queries.analyzed(query).orElseThrow().plan()).stream()
        .map(column -> column.column().name() + ": " + column.origins())
        .toList();
  }

  private static List<String> advice(String query, String definition) {
    return ADVISOR.advise(queries.planned(query), List.of(queries.known("x", definition))).stream()
        .map(Advice::sentence)
        .toList();
  }
}
