package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.definition.AdoptionPolicy;
import dev.pgtrickle.engine.definition.DriftPolicy;
import dev.pgtrickle.engine.definition.Fallback;
import dev.pgtrickle.engine.definition.Grant;
import dev.pgtrickle.engine.definition.IndexDefinition;
import dev.pgtrickle.engine.definition.Limits;
import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.engine.definition.Policies;
import dev.pgtrickle.engine.definition.QueryChangePolicy;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.Schedule;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.definition.Wake;
import dev.pgtrickle.engine.lifecycle.Brought;
import dev.pgtrickle.engine.lifecycle.Drift;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** What somebody else does to objects of ours is found without any refresh, and put right. */
class DriftTest {
  private static final String QUERY =
      "SELECT branch, count(*) AS n FROM public.entry GROUP BY branch";

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void every_kind_of_drift_is_repaired(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = populated(version, DriftPolicy.REPAIR)) {
      String storage = storage(fixture);
      damage(fixture, Drift.Kind.RELATION_MISSING, "DROP VIEW totals");
      damage(
          fixture,
          Drift.Kind.COLUMNS_CHANGED,
          "CREATE OR REPLACE VIEW totals AS SELECT branch, n + 1 AS n, 1 AS more FROM " + storage);
      damage(fixture, Drift.Kind.GRANTS_CHANGED, "REVOKE SELECT ON totals FROM PUBLIC, reader");
      damage(fixture, Drift.Kind.GRANTS_CHANGED, "GRANT DELETE ON totals TO CURRENT_USER");
      damage(fixture, Drift.Kind.GRANTS_CHANGED, "DROP TRIGGER pgtrickle_read_only ON totals");
      damage(
          fixture,
          Drift.Kind.INDEX_MISSING,
          "DO $$ DECLARE i record; BEGIN FOR i IN SELECT indexrelid::regclass AS name FROM pg_index"
              + " WHERE indrelid = '"
              + storage
              + "'::regclass LOOP EXECUTE 'DROP INDEX ' || i.name;"
              + " END LOOP; END $$");
      damage(
          fixture,
          Drift.Kind.ROWS_MODIFIED,
          "ALTER TABLE " + storage + " DISABLE TRIGGER ALL",
          "UPDATE " + storage + " SET n = 4711",
          "ALTER TABLE " + storage + " ENABLE TRIGGER ALL");
      damage(fixture, Drift.Kind.COLUMNS_CHANGED, "ALTER TABLE " + storage + " RENAME n TO m");
      damage(fixture, Drift.Kind.RELATION_MISSING, "DROP TABLE " + storage(fixture) + " CASCADE");
      fixture.database.execute("DELETE FROM entry WHERE id < 8");
      assertThat(fixture.refresh("totals").mode()).isEqualTo("Differential");
      fixture.assertExact("totals", QUERY);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void what_is_only_reported_is_left_alone(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = populated(version, DriftPolicy.REPORT)) {
      fixture.database.execute("GRANT DELETE ON totals TO CURRENT_USER");
      fixture.engine().watch();
      EngineFixture.await(
          "it is in status",
          () ->
              fixture.engine().report().getFirst().drift().stream()
                  .anyMatch(drift -> drift.kind().equals("GrantsChanged")));
      assertThat(fixture.database.queryLong("SELECT count(*) FROM pgtrickle.repair")).isZero();
      assertThat(fixture.events).anyMatch(event -> event instanceof EngineEvent.Drifted);
      fixture.database.execute("REVOKE DELETE ON totals FROM CURRENT_USER");
      fixture.engine().watch();
      EngineFixture.await(
          "it is gone from status", () -> fixture.engine().report().getFirst().drift().isEmpty());
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_quarrel_ends_with_a_word_to_a_person(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = populated(version, DriftPolicy.REPAIR)) {
      for (int time = 1; time <= 3; time++) {
        long before = repairs(fixture);
        fixture.database.execute("DROP VIEW totals");
        fixture.engine().watch();
        EngineFixture.await("repaired", () -> repairs(fixture) > before);
      }
      fixture.database.execute("DROP VIEW totals");
      fixture.engine().watch();
      EngineFixture.await(
          "it stands still",
          () -> fixture.engine().report().getFirst().phase() == StreamTableReport.Phase.STALLED);
      assertThat(fixture.engine().report().getFirst().problem())
          .hasValueSatisfying(problem -> assertThat(problem.code()).isEqualTo("RepairLoop"));
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void nothing_is_found_where_nothing_happened(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = populated(version, DriftPolicy.REPORT)) {
      fixture.bring(
          wanted(
              "SELECT branch, count(*) AS n, sum(id) AS ids FROM public.entry GROUP BY branch",
              DriftPolicy.REPORT));
      fixture.engine().watch();
      Thread.sleep(500);
      assertThat(fixture.events).noneMatch(event -> event instanceof EngineEvent.Drifted);
      assertThat(fixture.engine().report().getFirst().drift()).isEmpty();
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_view_with_the_same_columns_is_put_right_under_what_others_built_on_it(
      PostgresVersion version) throws Exception {
    try (EngineFixture fixture = populated(version, DriftPolicy.REPAIR)) {
      buildOn(fixture);
      damage(
          fixture,
          Drift.Kind.COLUMNS_CHANGED,
          "CREATE OR REPLACE VIEW totals AS SELECT branch, n + 1 AS n FROM " + storage(fixture));
      assertBuiltOn(fixture);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_major_upgrade_is_no_drift(PostgresVersion version) throws Exception {
    for (DriftPolicy policy : DriftPolicy.values()) {
      try (EngineFixture fixture = populated(version, policy)) {
        buildOn(fixture);
        upgrade(fixture);
        assertThat(fixture.events)
            .as("who wrote the storage meanwhile cannot be told: all rows are compared")
            .anyMatch(event ->
                event instanceof EngineEvent.Established established
                    && established.news() == Brought.News.REBUILT);
        fixture.engine().watch();
        Thread.sleep(300);
        assertThat(fixture.events)
            .noneMatch(event ->
                event instanceof EngineEvent.Drifted
                    || event instanceof EngineEvent.DriftRepaired
                    || event instanceof EngineEvent.Stalled
                    || event instanceof EngineEvent.Unreachable);
        assertThat(repairs(fixture)).isZero();
        assertBuiltOn(fixture);
        fixture.assertExact("totals", QUERY);
        fixture.database.execute("DELETE FROM entry WHERE id < 4");
        assertThat(fixture.refresh("totals").mode()).isEqualTo("Differential");
        fixture.assertExact("totals", QUERY);
      }
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_view_that_was_replaced_is_found_after_a_major_upgrade_too(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = populated(version, DriftPolicy.REPAIR)) {
      buildOn(fixture);
      upgrade(
          fixture,
          "CREATE OR REPLACE VIEW totals AS SELECT branch, n + 1 AS n FROM " + storage(fixture));
      EngineFixture.await(
          "it is repaired",
          () ->
              List.copyOf(fixture.events).stream()
                  .anyMatch(event ->
                      event instanceof EngineEvent.DriftRepaired repaired
                          && repaired.drift().stream()
                              .allMatch(drift -> drift.kind() == Drift.Kind.COLUMNS_CHANGED)));
      assertBuiltOn(fixture);
      fixture.assertExact("totals", QUERY);
    }
  }

  /** What others may do with a view: read it from another one, grant it, comment on it. */
  private static void buildOn(EngineFixture fixture) throws Exception {
    // Until then the engine replaces the view itself, and with it whatever somebody has made of it.
    EngineFixture.await(
        "the view has no gate any more",
        () ->
            fixture.database.queryLong(
                    "SELECT count(*) FROM pgtrickle.storage_version WHERE gate_open")
                == 1);
    fixture.database.execute(
        "CREATE VIEW report AS SELECT sum(n) AS n FROM totals",
        "GRANT SELECT ON totals TO PUBLIC",
        "COMMENT ON VIEW totals IS 'ours'");
  }

  private static void assertBuiltOn(EngineFixture fixture) throws SQLException {
    assertThat(fixture.database.queryLong("SELECT n::bigint FROM report"))
        .isEqualTo(fixture.database.queryLong("SELECT count(*) FROM entry"));
    assertThat(
            fixture.database.queryLong(
                "SELECT count(*) FROM pg_class AS c, aclexplode(c.relacl) AS held"
                    + " WHERE c.relname = 'totals' AND held.grantee = 0"))
        .as("what somebody else granted")
        .isEqualTo(1);
    assertThat(fixture.database.queryText("SELECT obj_description('totals'::regclass, 'pg_class')"))
        .isEqualTo("ours");
  }

  /**
   * What pg_upgrade leaves: stamps of the old server, which prints views in its own way, and
   * triggers that were created anew.
   */
  private static void upgrade(EngineFixture fixture, String... meanwhile) throws Exception {
    fixture.engine().close();
    fixture.database.execute(
        "UPDATE pgtrickle.storage_version SET view_stamp = '13:' || md5('SELECT t.branch FROM t'),"
            + " guard_stamp = '13:' || guard_stamp",
        "DROP TRIGGER pgtrickle_guard ON " + storage(fixture),
        "CREATE TRIGGER pgtrickle_guard BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON "
            + storage(fixture)
            + " FOR EACH STATEMENT EXECUTE FUNCTION pgtrickle.refuse_foreign_write()");
    fixture.database.execute(meanwhile);
    fixture.events.clear();
    fixture.start();
    fixture.engine().await(fixture.relation("totals"), java.time.Duration.ofSeconds(30));
    EngineFixture.await(
        "taken up",
        () ->
            List.copyOf(fixture.events).stream()
                .anyMatch(EngineEvent.Established.class::isInstance));
  }

  /** The limit of repairs an hour is another test's. */
  private static void damage(EngineFixture fixture, Drift.Kind kind, String... statements)
      throws Exception {
    fixture.database.execute("DELETE FROM pgtrickle.repair");
    fixture.events.clear();
    fixture.database.execute(statements);
    fixture.engine().watch();
    EngineFixture.await(
        kind + " is repaired: " + List.of(statements),
        () ->
            List.copyOf(fixture.events).stream()
                .anyMatch(event ->
                    event instanceof EngineEvent.DriftRepaired repaired
                        && repaired.drift().stream().anyMatch(drift -> drift.kind() == kind)));
    EngineFixture.await(
        "the table is kept again",
        () ->
            List.copyOf(fixture.events).stream()
                .anyMatch(event -> event instanceof EngineEvent.Established));
    fixture.assertExact("totals", QUERY);
    fixture.events.clear();
    fixture.engine().watch();
    Thread.sleep(300);
    assertThat(fixture.events)
        .as("nothing is left of it")
        .noneMatch(event -> event instanceof EngineEvent.DriftRepaired);
  }

  private static long repairs(EngineFixture fixture) throws SQLException {
    return fixture.database.queryLong("SELECT count(*) FROM pgtrickle.repair");
  }

  private static String storage(EngineFixture fixture) throws SQLException {
    return "pgtrickle_data."
        + fixture.database.queryText("SELECT storage_name FROM pgtrickle.storage_version");
  }

  private static StreamTableDefinition wanted(String query, DriftPolicy policy) {
    return new StreamTableDefinition(
        dev.pgtrickle.engine.postgres.QualifiedName.of("public", "totals"),
        query,
        RefreshMode.AUTO,
        Fallback.ALLOW,
        new Schedule.Manual(),
        Wake.AUTO,
        Optional.empty(),
        List.of(),
        List.of(
            new IndexDefinition(
                List.of(Identifier.of("n")),
                Identifier.of("btree"),
                IndexDefinition.Uniqueness.NOT_UNIQUE)),
        new ArrayList<>(List.of(new Grant(Identifier.of("reader")))),
        Limits.defaults(),
        StreamTableDefinition.Activity.ACTIVE,
        new Origin("test", "totals", "uid-totals"),
        new Policies(AdoptionPolicy.NEVER, QueryChangePolicy.APPLY, List.of(), policy));
  }

  private static EngineFixture populated(PostgresVersion version, DriftPolicy policy)
      throws SQLException {
    EngineFixture fixture = new EngineFixture(version);
    fixture.database.executeAsSuperuser(
        "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'reader') THEN"
            + " CREATE ROLE reader; END IF; END $$");
    fixture.database.execute(
        "CREATE TABLE entry (id int, branch int NOT NULL)",
        "INSERT INTO entry SELECT g, g % 3 FROM generate_series(1, 30) AS g");
    fixture.start();
    fixture.bring(wanted(QUERY, policy));
    return fixture;
  }
}
