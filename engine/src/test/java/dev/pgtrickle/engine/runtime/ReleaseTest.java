package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.definition.AdoptionPolicy;
import dev.pgtrickle.engine.definition.DeletionPolicy;
import dev.pgtrickle.engine.definition.DriftPolicy;
import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.engine.definition.Policies;
import dev.pgtrickle.engine.definition.QueryChangePolicy;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.lifecycle.ApplyOutcome;
import dev.pgtrickle.engine.lifecycle.Owners;
import dev.pgtrickle.engine.lifecycle.ReleaseOrder;
import dev.pgtrickle.engine.lifecycle.ReleaseOutcome;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Owners come and go; rows stay, go, or are taken over, as the policies say. */
class ReleaseTest {
  private static final String QUERY =
      "SELECT branch, count(*) AS n FROM public.entry GROUP BY branch";
  private static final Origin SUCCESSOR = new Origin("k1", "shop", "totals", "uid-2");

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void retained_the_relation_is_read_and_its_name_comes_back(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = populated(version)) {
      release(fixture, DeletionPolicy.RETAIN);
      assertThat(fixture.engine().report().getFirst().phase())
          .isEqualTo(StreamTableReport.Phase.RETAINED);
      assertNothingIsCaptured(fixture);
      fixture.database.execute("DELETE FROM entry WHERE id < 10");
      assertThat(fixture.database.queryLong("SELECT sum(n) FROM totals")).isEqualTo(30);
      long version1 = versionId(fixture);
      assertThat(fixture.engine().apply(fixture.manual("totals", QUERY)))
          .isInstanceOf(ApplyOutcome.Adopted.class);
      fixture.engine().await(fixture.relation("totals"), Duration.ofSeconds(30));
      fixture.assertExact("totals", QUERY);
      assertThat(versionId(fixture)).as("in place").isEqualTo(version1);
      fixture.database.execute("DELETE FROM entry WHERE id < 12");
      assertThat(fixture.refresh("totals").mode()).isEqualTo("Differential");
      fixture.assertExact("totals", QUERY);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_tombstone_is_adopted_with_another_query_in_place(PostgresVersion version)
      throws Exception {
    String other = "SELECT branch, count(*) AS n, sum(id) AS ids FROM public.entry GROUP BY branch";
    try (EngineFixture fixture = populated(version)) {
      release(fixture, DeletionPolicy.RETAIN);
      fixture.bring(fixture.manual("totals", other));
      fixture.assertExact("totals", other);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void deleted_nothing_is_left_and_the_name_is_free(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = populated(version)) {
      release(fixture, DeletionPolicy.DELETE);
      assertNothingIsLeft(fixture);
      assertThat(fixture.engine().apply(fixture.manual("totals", QUERY)))
          .isEqualTo(new ApplyOutcome.Created());
      fixture.engine().await(fixture.relation("totals"), Duration.ofSeconds(30));
      fixture.assertExact("totals", QUERY);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void what_others_built_on_it_is_named_and_never_dropped(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = populated(version)) {
      fixture.database.execute("CREATE VIEW report AS SELECT * FROM totals");
      ReleaseOutcome blocked = ask(fixture, DeletionPolicy.DELETE);
      assertThat(blocked).isEqualTo(new ReleaseOutcome.Blocked(List.of("view public.report")));
      fixture.database.execute("DELETE FROM entry WHERE id < 10");
      fixture.refresh("totals");
      fixture.assertExact("totals", QUERY);
      fixture.database.execute("DROP VIEW report");
      release(fixture, DeletionPolicy.DELETE);
      assertNothingIsLeft(fixture);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void an_orphan_is_captured_for_a_successor_and_then_retained(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = populated(version)) {
      release(fixture, DeletionPolicy.ORPHAN);
      fixture.database.execute("DELETE FROM entry WHERE id < 10");
      StreamTableDefinition successor =
          by(fixture.manual("totals", QUERY), SUCCESSOR, AdoptionPolicy.IF_ORPHANED);
      assertThat(fixture.engine().apply(successor)).isInstanceOf(ApplyOutcome.Adopted.class);
      fixture.engine().await(fixture.relation("totals"), Duration.ofSeconds(30));
      assertThat(fixture.refresh("totals").mode()).isEqualTo("Differential");
      fixture.assertExact("totals", QUERY);
      assertThat(
              fixture
                  .engine()
                  .release(
                      fixture.relation("totals"),
                      SUCCESSOR,
                      new ReleaseOrder.By(DeletionPolicy.ORPHAN)))
          .isEqualTo(new ReleaseOutcome.Done());
      fixture.database.execute(
          "UPDATE pgtrickle.setting SET value = '0' WHERE name = 'orphanKeepFor'");
      EngineFixture.await(
          "the orphan becomes a tombstone",
          () -> fixture.engine().report().getFirst().phase() == StreamTableReport.Phase.RETAINED);
      assertNothingIsCaptured(fixture);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void made_again_by_gitops_it_goes_on_without_a_rebuild(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = populated(version)) {
      fixture.database.execute("DELETE FROM entry WHERE id < 10");
      Origin again = new Origin("test", "totals", "uid-again");
      StreamTableDefinition same = by(fixture.manual("totals", QUERY), again, AdoptionPolicy.NEVER);
      assertThat(fixture.engine().apply(same, owner -> Owners.Liveness.UNCERTAIN))
          .isInstanceOf(ApplyOutcome.AwaitingOwner.class);
      assertThat(fixture.engine().apply(same)).isInstanceOf(ApplyOutcome.Conflict.class);
      assertThat(fixture.engine().apply(same, owner -> Owners.Liveness.GONE))
          .isInstanceOf(ApplyOutcome.Adopted.class);
      fixture.engine().await(fixture.relation("totals"), Duration.ofSeconds(30));
      assertThat(fixture.refresh("totals").mode()).isEqualTo("Differential");
      fixture.assertExact("totals", QUERY);
      assertThat(
              fixture
                  .engine()
                  .release(
                      fixture.relation("totals"),
                      new Origin("test", "totals", "uid-totals"),
                      new ReleaseOrder.By(DeletionPolicy.DELETE)))
          .as("the former owner has nothing to release")
          .isEqualTo(new ReleaseOutcome.NothingHeld());
      assertThat(fixture.engine().report()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void handed_over_it_is_never_dropped(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = populated(version)) {
      StreamTableDefinition successor =
          by(fixture.manual("totals", QUERY), SUCCESSOR, AdoptionPolicy.NEVER);
      assertThat(fixture.engine().apply(successor)).isInstanceOf(ApplyOutcome.Conflict.class);
      assertThat(
              fixture
                  .engine()
                  .release(
                      fixture.relation("totals"),
                      owner(fixture),
                      new ReleaseOrder.HandOver(SUCCESSOR)))
          .isEqualTo(new ReleaseOutcome.HandedOver());
      assertThat(ask(fixture, DeletionPolicy.DELETE))
          .as("asked again, it is the successor's")
          .isEqualTo(new ReleaseOutcome.NothingHeld());
      assertThat(fixture.engine().apply(successor).claim()).isEqualTo(ApplyOutcome.Claim.HELD);
      fixture.database.execute("DELETE FROM entry WHERE id < 10");
      EngineFixture.await(
          "it is kept on",
          () -> {
            fixture.tryRefresh("totals");
            return fixture.differences("totals", QUERY) == 0;
          });
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void an_existing_relation_is_renamed_and_kept(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(
          "CREATE TABLE entry (id int, branch int NOT NULL)",
          "CREATE TABLE totals AS SELECT 4711 AS precious");
      fixture.start();
      StreamTableDefinition wanted = fixture.manual("totals", QUERY);
      assertThat(fixture.engine().apply(wanted)).isEqualTo(new ApplyOutcome.ObjectExists());
      assertThat(
              fixture.engine().apply(by(wanted, wanted.origin(), AdoptionPolicy.RENAME_EXISTING)))
          .isEqualTo(new ApplyOutcome.Renamed("public.totals_replaced"));
      fixture.engine().await(wanted.relation(), Duration.ofSeconds(30));
      assertThat(fixture.database.queryLong("SELECT precious FROM totals_replaced"))
          .isEqualTo(4711);
      fixture.assertExact("totals", QUERY);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_change_waits_for_its_approval_or_is_rejected(PostgresVersion version) throws Exception {
    String other = "SELECT branch, count(*) AS n FROM public.entry WHERE id > 5 GROUP BY branch";
    try (EngineFixture fixture = populated(version)) {
      StreamTableDefinition changed = fixture.manual("totals", other);
      ApplyOutcome rejected =
          fixture.engine().apply(with(changed, QueryChangePolicy.REJECT, List.of()));
      assertThat(rejected).isInstanceOf(ApplyOutcome.ChangeRejected.class);
      ApplyOutcome waiting =
          fixture.engine().apply(with(changed, QueryChangePolicy.AWAIT_APPROVAL, List.of()));
      assertThat(waiting)
          .isInstanceOfSatisfying(
              ApplyOutcome.AwaitingApproval.class,
              pending -> assertThat(pending.pending().summary()).contains("the query changes"));
      fixture.engine().await(fixture.relation("totals"), Duration.ofSeconds(30));
      fixture.database.execute("DELETE FROM entry WHERE id = 30");
      fixture.refresh("totals");
      fixture.assertExact("totals", QUERY);
      String hash = fixture.engine().report().getFirst().life().pending().orElseThrow().hash();
      assertThat(
              fixture
                  .engine()
                  .apply(with(changed, QueryChangePolicy.AWAIT_APPROVAL, List.of(hash))))
          .isEqualTo(new ApplyOutcome.Changed(ApplyOutcome.Changed.Extent.ROWS));
      fixture.engine().await(fixture.relation("totals"), Duration.ofSeconds(30));
      fixture.assertExact("totals", other);
      assertThat(fixture.engine().report().getFirst().life().pending()).isEmpty();
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void suspended_nothing_is_lost(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = populated(version)) {
      StreamTableDefinition wanted = fixture.manual("totals", QUERY);
      fixture.bring(suspended(wanted));
      fixture.database.execute("DELETE FROM entry WHERE id < 10");
      assertThat(fixture.engine().report().getFirst().phase())
          .isEqualTo(StreamTableReport.Phase.SUSPENDED);
      fixture.bring(wanted);
      assertThat(fixture.refresh("totals").mode()).isEqualTo("Differential");
      fixture.assertExact("totals", QUERY);
    }
  }

  static void assertNothingIsLeft(EngineFixture fixture) throws Exception {
    assertNothingIsCaptured(fixture);
    assertThat(
            fixture.database.queryLong(
                "SELECT count(*) FROM pg_class"
                    + " WHERE relnamespace = 'pgtrickle_data'::regnamespace"))
        .as("tables, indexes and sequences of ours")
        .isZero();
    assertThat(
            fixture.database.queryLong(
                "SELECT (SELECT count(*) FROM pgtrickle.stream_table)"
                    + " + (SELECT count(*) FROM pgtrickle.storage_version)"
                    + " + (SELECT count(*) FROM pgtrickle.frontier)"
                    + " + (SELECT count(*) FROM pg_class WHERE relname = 'totals')"))
        .isZero();
  }

  static void assertNothingIsCaptured(EngineFixture fixture) throws Exception {
    EngineFixture.await(
        "nothing is captured",
        () ->
            fixture.database.queryLong(
                    "SELECT (SELECT count(*) FROM pgtrickle.source)"
                        + " + (SELECT count(*) FROM pg_trigger"
                        + "    WHERE starts_with(tgname::text, 'pgtrickle_capture'))"
                        + " + (SELECT count(*) FROM pg_proc"
                        + "    WHERE pronamespace = 'pgtrickle_data'::regnamespace"
                        + "      AND starts_with(proname::text, 'capture'))"
                        + " + (SELECT count(*) FROM pg_class"
                        + "    WHERE starts_with(relname::text, 'changes_'))")
                == 0);
  }

  private static ReleaseOutcome ask(EngineFixture fixture, DeletionPolicy policy) {
    return fixture
        .engine()
        .release(fixture.relation("totals"), owner(fixture), new ReleaseOrder.By(policy));
  }

  private static void release(EngineFixture fixture, DeletionPolicy policy) throws Exception {
    EngineFixture.await("the release is done", () -> ask(fixture, policy).isOver());
    assertThat(ask(fixture, policy))
        .as("what stays is told apart from what is gone")
        .isEqualTo(
            policy == DeletionPolicy.DELETE
                ? new ReleaseOutcome.NothingHeld()
                : new ReleaseOutcome.Done());
  }

  private static Origin owner(EngineFixture fixture) {
    return fixture.manual("totals", QUERY).origin();
  }

  private static long versionId(EngineFixture fixture) throws SQLException {
    return fixture.database.queryLong("SELECT id FROM pgtrickle.storage_version");
  }

  private static StreamTableDefinition by(
      StreamTableDefinition definition, Origin origin, AdoptionPolicy adoption) {
    return with(
        definition.ownedBy(origin),
        definition.activity(),
        new Policies(adoption, QueryChangePolicy.APPLY, List.of(), DriftPolicy.REPAIR));
  }

  private static StreamTableDefinition with(
      StreamTableDefinition definition, QueryChangePolicy change, List<String> approvals) {
    return with(
        definition,
        definition.activity(),
        new Policies(AdoptionPolicy.NEVER, change, approvals, DriftPolicy.REPAIR));
  }

  private static StreamTableDefinition suspended(StreamTableDefinition definition) {
    return with(definition, StreamTableDefinition.Activity.SUSPENDED, definition.policies());
  }

  private static StreamTableDefinition with(
      StreamTableDefinition definition,
      StreamTableDefinition.Activity activity,
      Policies policies) {
    return new StreamTableDefinition(
        definition.relation(),
        definition.query(),
        definition.mode(),
        definition.fallback(),
        definition.schedule(),
        definition.wake(),
        Optional.empty(),
        definition.primaryKey(),
        definition.indexes(),
        definition.grants(),
        definition.limits(),
        activity,
        definition.origin(),
        policies);
  }

  private static EngineFixture populated(PostgresVersion version) throws SQLException {
    EngineFixture fixture = new EngineFixture(version);
    fixture.database.execute(
        "CREATE TABLE entry (id int, branch int NOT NULL)",
        "INSERT INTO entry SELECT g, g % 3 FROM generate_series(1, 30) AS g");
    fixture.start();
    fixture.bring(fixture.manual("totals", QUERY));
    return fixture;
  }
}
