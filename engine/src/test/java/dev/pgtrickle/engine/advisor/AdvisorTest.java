package dev.pgtrickle.engine.advisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.property.CandidateKeys;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.sql.oracle.SuitePlans;
import dev.pgtrickle.engine.sql.oracle.SuitePlans.Planned;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.junit.jupiter.api.Test;

/** What the advisor says is true, whatever Calcite thinks. */
class AdvisorTest {
  private static final Advisor ADVISOR = new Advisor();

  /** Definitions of stream tables over the corpus. */
  private static final Map<String, String> KNOWN =
      Map.of(
          "paid",
          "SELECT id, cust_id, amount FROM ord WHERE status = 'paid'",
          "joined",
          "SELECT o.id AS oid, c.id, c.name, o.amount, o.status FROM ord o JOIN cust c ON o.cust_id"
              + " = c.id",
          "by_status",
          "SELECT status, count(*) AS n FROM ord GROUP BY status",
          "by_both",
          "SELECT status, cust_id, count(*) AS n FROM ord GROUP BY status, cust_id",
          "sums",
          "SELECT cust_id, sum(qty) AS s FROM ord GROUP BY cust_id",
          "names",
          "SELECT DISTINCT name FROM cust",
          "two",
          "SELECT id FROM cust UNION ALL SELECT id FROM emp",
          "optional",
          "SELECT c.id, o.qty FROM cust c LEFT JOIN ord o ON o.cust_id = c.id",
          "latest",
          "SELECT DISTINCT ON (cust_id) cust_id, id FROM ord ORDER BY cust_id, placed DESC, id");

  private static final List<String> QUERIES =
      List.of(
          "SELECT id, cust_id, amount FROM ord WHERE status = 'paid'",
          "SELECT cust_id FROM ord WHERE status = 'paid' AND amount > 100",
          "SELECT id FROM ord WHERE status = 'sent'",
          "SELECT cust_id, sum(amount) AS s FROM ord WHERE status = 'paid' GROUP BY cust_id",
          "SELECT c.name, o.amount FROM ord o JOIN cust c ON o.cust_id = c.id WHERE o.status ="
              + " 'paid'",
          "SELECT c.name, i.sku FROM ord o JOIN cust c ON o.cust_id = c.id JOIN item i ON i.ord_id"
              + " = o.id",
          "SELECT c.name FROM cust c LEFT JOIN ord o ON o.cust_id = c.id",
          "SELECT status, count(*) AS n FROM ord GROUP BY status HAVING count(*) > 3",
          "SELECT cust_id, count(*) AS n FROM ord GROUP BY cust_id",
          "SELECT count(*) AS n FROM ord",
          "SELECT cust_id, sum(qty) AS s FROM ord WHERE qty > 2 GROUP BY cust_id",
          "SELECT cust_id, s FROM (SELECT cust_id, sum(qty) AS s FROM ord GROUP BY cust_id) x WHERE"
              + " s > 4",
          "SELECT DISTINCT name FROM cust WHERE name <> 'bob'",
          "SELECT DISTINCT name FROM cust WHERE active",
          "SELECT id FROM cust UNION ALL SELECT id FROM emp",
          "SELECT id FROM cust UNION SELECT id FROM emp",
          "SELECT e.kind, p.amount FROM app.evt e JOIN ord p ON p.id = e.id WHERE p.status ="
              + " 'paid'",
          "SELECT id, qty FROM (SELECT c.id, o.qty FROM cust c LEFT JOIN ord o ON o.cust_id = c.id)"
              + " x WHERE qty IS NULL",
          "SELECT id, rank() OVER (ORDER BY amount, id) AS r FROM ord WHERE status = 'paid'",
          "SELECT DISTINCT ON (cust_id) cust_id, id FROM ord ORDER BY cust_id, placed DESC, id",
          "SELECT cust_id, n FROM (SELECT status, cust_id, count(*) AS n FROM ord GROUP BY status,"
              + " cust_id) x WHERE status = 'paid'");

  @Test
  void whatCanBeAnsweredHasTheSameRows() throws SQLException {
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      SuitePlans plans = SuitePlans.corpus(database);
      List<KnownStreamTable> known = new ArrayList<>();
      for (Map.Entry<String, String> table : KNOWN.entrySet()) {
        known.add(
            new KnownStreamTable(
                QualifiedName.of("public", table.getKey()), plans.typed(table.getValue())));
        database.execute("CREATE TABLE %s AS %s".formatted(table.getKey(), table.getValue()));
      }
      int answered = 0;
      try (Connection connection = database.connect()) {
        for (String query : QUERIES) {
          Operator plan = plans.typed(query);
          for (KnownStreamTable table : known) {
            Substitution substitution = new Substitution();
            RelNode tree = substitution.tree(plan);
            var found = substitution.answered(tree, table);
            if (found.isPresent()) {
              answered++;
              String sql = new TreeSql().of(found.get());
              assertThat(rows(connection, sql))
                  .as(query + "\n" + sql)
                  .isEqualTo(rows(connection, query));
            }
          }
        }
      }
      assertThat(answered).as("answers").isGreaterThan(12);
    }
  }

  @Test
  void adviceNamesWhatIsThereAndNothingElse() throws SQLException {
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      SuitePlans plans = SuitePlans.corpus(database);
      assertThat(advice(plans, QUERIES.get(0), "paid"))
          .containsExactly("this query can be answered from stream table public.paid");
      assertThat(advice(plans, QUERIES.get(1), "paid"))
          .containsExactly("this query can be answered from stream table public.paid");
      assertThat(advice(plans, QUERIES.get(2), "paid")).isEmpty();
      assertThat(advice(plans, QUERIES.get(8), "by_both"))
          .containsExactly("this query can be answered from stream table public.by_both");
      assertThat(advice(plans, QUERIES.get(10), "sums")).isEmpty();
      assertThat(advice(plans, QUERIES.get(13), "names")).isEmpty();
      assertThat(advice(plans, QUERIES.get(18), "paid"))
          .singleElement()
          .asString()
          .startsWith("a part of this query can be answered from stream table public.paid");
      assertThat(advice(plans, QUERIES.get(19), "latest"))
          .containsExactly("this query can be answered from stream table public.latest");
    }
  }

  @Test
  void aQueryCanBeAnsweredFromItself() throws SQLException {
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      List<String> missing = new ArrayList<>();
      for (Planned planned : SuitePlans.corpus(database).all()) {
        KnownStreamTable itself =
            new KnownStreamTable(QualifiedName.of("public", "itself"), planned.plan());
        List<Advice> advice = ADVISOR.advise(planned.plan(), List.of(itself));
        if (advice.stream().noneMatch(found -> found.extent() == Advice.Extent.WHOLE)) {
          missing.add(planned.name());
        }
      }
      assertThat(missing).isEmpty();
    }
  }

  /** Calcite finds no key that we do not, and none of its keys is false. */
  @Test
  void ourKeysAreThoseOfCalcite() throws SQLException {
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      List<String> different = new ArrayList<>();
      int compared = 0;
      for (Planned planned : SuitePlans.corpus(database).all()) {
        List<Set<ColumnId>> own = CandidateKeys.of(planned.plan()).keys();
        for (Set<ColumnId> key : KeyOpinion.of(planned.plan())) {
          compared++;
          if (own.stream().noneMatch(key::containsAll)) {
            different.add(planned.name() + ": " + key + " and not " + own);
          }
        }
      }
      assertThat(different).isEmpty();
      assertThat(compared).isGreaterThan(50);
    }
  }

  @Test
  void columnsAreFollowedToTheirSources() throws SQLException {
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      SuitePlans plans = SuitePlans.corpus(database);
      assertThat(
              lineage(
                  plans,
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
                  plans,
                  "WITH w AS (SELECT region AS r, sum(score) AS s FROM cust GROUP BY region) SELECT"
                      + " r, s FROM w UNION SELECT dept, sal FROM emp"))
          .containsExactly(
              "r: [public.cust.region, public.emp.dept]", "s: [public.cust.score, public.emp.sal]");
    }
  }

  private static List<String> lineage(SuitePlans plans, String query) throws SQLException {
    return ADVISOR.lineage(plans.typed(query)).stream()
        .map(column -> column.column().name() + ": " + column.origins())
        .toList();
  }

  private static List<String> advice(SuitePlans plans, String query, String table)
      throws SQLException {
    KnownStreamTable known =
        new KnownStreamTable(QualifiedName.of("public", table), plans.typed(KNOWN.get(table)));
    return ADVISOR.advise(plans.typed(query), List.of(known)).stream()
        .map(Advice::sentence)
        .toList();
  }

  private static String rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT count(*) || ' ' || coalesce(md5(string_agg(image, E'\\n' ORDER BY image)), '-')
                FROM (SELECT (q.*)::text COLLATE "C" AS image FROM (%s) AS q) AS images
                """
                    .formatted(sql))) {
      row.next();
      return row.getString(1);
    }
  }
}
