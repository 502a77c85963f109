package dev.pgtrickle.engine.sql.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.property.Capabilities;
import dev.pgtrickle.engine.algebra.property.Capability;
import dev.pgtrickle.engine.algebra.property.MaintenanceClass;
import dev.pgtrickle.engine.algebra.property.ReadColumns;
import dev.pgtrickle.engine.algebra.rewrite.Normalisation;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.relations.AggregateInverses;
import dev.pgtrickle.engine.sql.compile.PlanTypes;
import dev.pgtrickle.engine.sql.parser.DeepStack;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Classes, sources and stream tables of plans. */
class PropertiesTest {

  @Test
  void everyOperatorHasItsClass() throws SQLException {
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      database.execute(Suite.CORPUS.schema());
      try (CanonicalSession session = new CanonicalSession(database)) {
        Map<String, MaintenanceClass> expected =
            Map.ofEntries(
                Map.entry("SELECT id + 1 AS n FROM ord WHERE qty > 1", MaintenanceClass.LINEAR),
                Map.entry(
                    "SELECT c.id FROM cust c, ord o WHERE o.cust_id = c.id",
                    MaintenanceClass.BILINEAR),
                Map.entry(
                    "SELECT c.id FROM cust c LEFT JOIN ord o ON o.cust_id = c.id",
                    MaintenanceClass.COUNTED),
                Map.entry(
                    "SELECT id FROM cust c WHERE EXISTS (SELECT FROM ord WHERE cust_id = c.id)",
                    MaintenanceClass.COUNTED),
                Map.entry("SELECT DISTINCT status FROM ord", MaintenanceClass.COUNTED),
                Map.entry(
                    "SELECT status, count(*) AS n, sum(amount) AS s FROM ord GROUP BY status",
                    MaintenanceClass.ALGEBRAIC),
                Map.entry(
                    "SELECT status, max(amount) AS m FROM ord GROUP BY status",
                    MaintenanceClass.EXTREMUM),
                Map.entry(
                    "SELECT status, sum(ratio) AS s FROM ord GROUP BY status",
                    MaintenanceClass.GROUP_RECOMPUTE),
                Map.entry(
                    "SELECT id, rank() OVER (PARTITION BY status ORDER BY id) AS r FROM ord",
                    MaintenanceClass.PARTITION_RECOMPUTE),
                Map.entry(
                    "SELECT id FROM ord ORDER BY id LIMIT 3", MaintenanceClass.BOUNDED_RESCAN),
                Map.entry(
                    "SELECT a FROM nul WHERE a NOT IN (SELECT a FROM nul2)",
                    MaintenanceClass.NODE_RECOMPUTE),
                Map.entry(
                    "SELECT id FROM ord WHERE shipped > now() - interval '1 day' AND qty = 1",
                    MaintenanceClass.FULL),
                Map.entry(
                    "SELECT id, rank() OVER (ORDER BY id) AS r FROM ord", MaintenanceClass.FULL));
        for (Map.Entry<String, MaintenanceClass> query : expected.entrySet()) {
          Operator plan = typed(session, query.getKey());
          Capabilities capabilities =
              new Capabilities(AggregateInverses.read(session.connection()));
          assertThat(capabilities.worst(plan)).as(query.getKey()).isEqualTo(query.getValue());
          session.connection().rollback();
        }
      }
    }
  }

  @Test
  void onlyComparisonsWithTheClockAreTemporalFilters() throws SQLException {
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      database.execute(Suite.CORPUS.schema());
      try (CanonicalSession session = new CanonicalSession(database)) {
        assertThat(
                titles(
                    session,
                    "SELECT id FROM ord WHERE shipped > now() - interval '1 day' AND qty = 1"))
            .contains("a comparison with the clock", "filter");
        assertThat(titles(session, "SELECT id FROM cust WHERE CURRENT_DATE >= joined"))
            .contains("a comparison with the clock")
            .doesNotContain("filter");
        assertThat(titles(session, "SELECT id FROM ord WHERE shipped + (now() - placed) > now()"))
            .doesNotContain("a comparison with the clock");
        assertThat(titles(session, "SELECT id, now() AS n FROM ord"))
            .doesNotContain("a comparison with the clock");
      }
    }
  }

  private static List<String> titles(CanonicalSession session, String sql) throws SQLException {
    Operator plan = typed(session, sql);
    List<String> titles =
        new Capabilities(AggregateInverses.read(session.connection()))
            .of(plan).stream().map(Capability::operator).toList();
    session.connection().rollback();
    return titles;
  }

  @Test
  void onlyTheColumnsThatAreUsedAreRead() throws SQLException {
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      database.execute(Suite.CORPUS.schema());
      try (CanonicalSession session = new CanonicalSession(database)) {
        Operator plan =
            typed(
                session,
                "SELECT v.name FROM v_active v WHERE v.id IN (SELECT cust_id FROM ord WHERE qty = 1)");
        assertThat(ReadColumns.of(plan))
            .containsOnly(
                Map.entry(QualifiedName.of("public", "cust"), Set.of(1, 2, 6)),
                Map.entry(QualifiedName.of("public", "ord"), Set.of(2, 4)));
      }
    }
  }

  private static Operator typed(CanonicalSession session, String sql) throws SQLException {
    String canonical = session.canonicalOfUser(sql).orElseThrow();
    session.execute("SET LOCAL search_path = pg_catalog; SET LOCAL quote_all_identifiers = on");
    Operator plan =
        DeepStack.call(() -> new Normalisation().apply(new RoundTrip(session).plan(canonical)));
    return new PlanTypes(session.connection()).typed(plan);
  }
}
