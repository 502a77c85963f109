package dev.pgtrickle.e2e.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.cnpg.StandInCluster;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** From {@code kubectl apply} to a maintained table, and everything that users do to one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MainPathTest {
  private OperatorWorld world;
  private StandInCluster cluster;
  private OperatorProcess operator;

  @BeforeAll
  void start() {
    world = OperatorWorld.create("main-path");
    cluster = world.cluster(Shop.CLUSTER, 1);
    Shop.create(cluster);
    operator = world.operator().awaitReady();
  }

  @AfterAll
  void stop() {
    operator.close();
    world.close();
  }

  @Test
  void applyWaitAndRead() {
    world.apply(Shop.manifest("order-totals"));
    world.kubectl("wait", "--for=condition=Ready", "--timeout=60s", "streamtable/order-totals");
    assertThat(world.condition("order-totals", "Ready")).isEqualTo("TRUE Serving");
    assertThat(world.condition("order-totals", "QueryValid")).isEqualTo("TRUE Differential");
    assertThat(world.condition("order-totals", "DatabaseReachable")).isEqualTo("TRUE Connected");
    assertThat(world.condition("order-totals", "Populated")).isEqualTo("TRUE Loaded");
    assertThat(world.condition("order-totals", "Reconciling")).isEmpty();
    assertThat(world.condition("order-totals", "Stalled")).isEmpty();

    Shop.order(cluster, 1_001);
    awaitEqual("order_totals", Shop.QUERY);
    String line = world.kubectl("get", "streamtables", "order-totals", "-o", "wide");
    assertThat(line).contains("pg-main", "public.order_totals", "True", "Serving", "Differential");
    assertThat(world.kubectl("describe", "streamtable", "order-totals")).contains("Created");
    assertThat(operator.read("/metrics"))
        .contains("pgtrickle_stream_table_lag_seconds{", "name=\"order-totals\"");
  }

  @Test
  void aTableMayBeAppliedBeforeTheOneThatItReads() {
    String best = "SELECT customer_id, total FROM all_totals WHERE total > 900";
    world.apply(Shop.manifest("best-totals", best, ""));
    world.apply(Shop.manifest("all-totals"));
    world.awaitReady("best-totals", "Serving");
    Shop.order(cluster, 77_001);
    awaitEqual(
        "best_totals",
        "SELECT customer_id, total FROM (" + Shop.QUERY + ") AS totals WHERE total > 900");
  }

  @Test
  void aReApplyChangesNothing() {
    world.apply(Shop.manifest("unchanged"));
    world.awaitReady("unchanged", "Serving");
    String before = world.table("unchanged").orElseThrow().getMetadata().getResourceVersion();
    world.apply(Shop.manifest("unchanged"));
    assertThat(world.table("unchanged").orElseThrow().getMetadata().getResourceVersion())
        .isEqualTo(before);
    assertThat(
            world.table("unchanged").orElseThrow().getMetadata().getManagedFields().stream()
                .map(entry -> entry.getManager() + " " + entry.getSubresource())
                .distinct())
        .containsExactlyInAnyOrder(
            "kubectl null", "pgtrickle-operator null", "pgtrickle-operator-status status");
  }

  @Test
  void anEditedQueryIsBroughtAbout() {
    world.apply(Shop.manifest("edited"));
    world.awaitReady("edited", "Serving");
    world.apply(Shop.manifest("edited", Shop.WIDER, ""));
    world.awaitReady("edited", "Serving");
    Shop.order(cluster, 2_001);
    awaitEqual("edited", Shop.WIDER);
  }

  @Test
  void suspendByAnnotationAndResume() {
    world.apply(Shop.manifest("braked"));
    world.awaitReady("braked", "Serving");
    world.kubectl("annotate", "streamtable", "braked", "pgtrickle.dev/suspended=incident 42");
    world.awaitReady("braked", "Suspended");
    Shop.order(cluster, 3_001);
    world.kubectl("annotate", "streamtable", "braked", "pgtrickle.dev/suspended-");
    world.awaitReady("braked", "Serving");
    awaitEqual("braked", Shop.QUERY);
  }

  @Test
  void aRefreshRequestCanBeWaitedFor() {
    world.apply(Shop.manifest("on-demand").replace("{every: 1s}", "{manual: {}}"));
    world.awaitReady("on-demand", "ManualSchedule");
    Shop.order(cluster, 4_001);
    world.kubectl(
        "annotate",
        "streamtable",
        "on-demand",
        "pgtrickle.dev/refresh-requested=2026-11-01T10:00:00Z/full");
    world.kubectl(
        "wait",
        "--for=jsonpath={.status.refreshRequest.state}=Succeeded",
        "--timeout=30s",
        "streamtable/on-demand");
    assertThat(world.table("on-demand").orElseThrow().getStatus().refreshRequest().mode())
        .isEqualTo("Full");
    awaitEqual("on_demand", Shop.QUERY);
  }

  @Test
  void aChangeThatNeedsApprovalWaitsForIt() {
    String policy = "  onQueryChange: AwaitApproval\n";
    world.apply(Shop.manifest("careful", Shop.QUERY, policy));
    world.awaitReady("careful", "Serving");
    world.apply(Shop.manifest("careful", Shop.WIDER, policy));
    world.awaitCondition("careful", "Stalled", "TRUE AwaitingApproval");
    assertThat(world.condition("careful", "Ready")).isEqualTo("TRUE Serving");
    String hash = world.table("careful").orElseThrow().getStatus().pendingDefinition().hash();
    world.kubectl("annotate", "streamtable", "careful", "pgtrickle.dev/approve=" + hash);
    world.awaitCondition("careful", "Stalled", "");
    world.awaitReady("careful", "Serving");
    awaitEqual("careful", Shop.WIDER);
  }

  @Test
  void whatIsWrongIsSaidAndCuredByItself() {
    world.apply(Shop.manifest("early", "SELECT id FROM not_there_yet", ""));
    world.awaitCondition("early", "QueryValid", "FALSE SourceMissing");
    assertThat(world.condition("early", "Stalled")).isEqualTo("TRUE InvalidQuery");
    world.apply(Shop.manifest("later", Shop.QUERY, "  tier: Cold\n"));
    world.awaitCondition("later", "Stalled", "TRUE Unsupported");
    world.apply(Shop.manifest("later"));
    world.awaitReady("later", "Serving");
  }

  @Test
  void aRelationThatIsThereIsNeverTouched() {
    OperatorWorld.execute(cluster, "CREATE TABLE taken (mine int)");
    world.apply(Shop.manifest("taken"));
    world.awaitCondition("taken", "Stalled", "TRUE ObjectExists");
    world.kubectl("delete", "streamtable", "taken", "--timeout=30s");
    assertThat(OperatorWorld.query(cluster, "SELECT count(*) FROM taken")).isEqualTo("0");
  }

  @Test
  void theFirstClaimWins() {
    String same = "  table: {name: quarrel}\n";
    world.apply(Shop.manifest("first", Shop.QUERY, same));
    world.awaitReady("first", "Serving");
    world.apply(Shop.manifest("second", Shop.QUERY, same));
    world.awaitCondition("second", "Stalled", "TRUE Conflict");
    world.kubectl("delete", "streamtable", "first", "--timeout=30s");
    world.awaitReady("second", "Serving");
    Shop.order(cluster, 5_001);
    awaitEqual("quarrel", Shop.QUERY);
  }

  @Test
  void whoLostAQuarrelSaysNothingOfTheWinnersTable() {
    String same = "  table: {name: contested}\n  deletionPolicy: Delete\n";
    world.apply(Shop.manifest("winner", Shop.QUERY, same));
    world.awaitReady("winner", "Serving");
    world.apply(Shop.manifest("loser", Shop.QUERY, same));
    world.awaitCondition("loser", "Stalled", "TRUE Conflict");
    assertThat(operator.read("/metrics"))
        .contains("name=\"winner\"")
        .doesNotContain("name=\"loser\"");
    world.kubectl("delete", "streamtable", "loser", "--timeout=30s");
    assertThat(
            world.kubectl(
                "get", "events", "--field-selector", "involvedObject.name=loser", "-o", "wide"))
        .contains("Conflict")
        .doesNotContain("Dropped", "OwnershipTransferred", "Released");
    Shop.order(cluster, 7_001);
    awaitEqual("contested", Shop.QUERY);
  }

  @Test
  void deletedAndCreatedAgainUnderEachPolicy() {
    int order = 0;
    for (Map.Entry<String, String> policy :
        Map.of("Retain", "1", "Delete", "0", "Orphan", "1").entrySet()) {
      String name = "gone-" + policy.getKey().toLowerCase(Locale.ROOT);
      String relation = name.replace('-', '_');
      String more = "  deletionPolicy: " + policy.getKey() + "\n";
      world.apply(Shop.manifest(name, Shop.QUERY, more));
      world.awaitReady(name, "Serving");
      world.kubectl("delete", "streamtable", name, "--timeout=60s");
      assertThat(
              OperatorWorld.query(
                  cluster, "SELECT count(*) FROM pg_class WHERE relname = '" + relation + "'"))
          .as(policy.getKey())
          .isEqualTo(policy.getValue());
      Shop.order(cluster, 6_001 + order++);
      world.apply(Shop.manifest(name, Shop.QUERY, more));
      world.awaitReady(name, "Serving");
      awaitEqual(relation, Shop.QUERY);
      String events =
          world.kubectl(
              "get", "events", "--field-selector", "involvedObject.name=" + name, "-o", "wide");
      if (policy.getKey().equals("Delete")) {
        assertThat(events).contains("Dropped").doesNotContain("Adopted");
      } else {
        assertThat(events).contains("Released", "Adopted");
      }
    }
  }

  @Test
  void dependantsKeepARelationFromBeingDropped() {
    world.apply(Shop.manifest("read-by-others", Shop.QUERY, "  deletionPolicy: Delete\n"));
    world.awaitReady("read-by-others", "Serving");
    OperatorWorld.execute(cluster, "CREATE VIEW reader AS SELECT * FROM read_by_others");
    world.kubectl("delete", "streamtable", "read-by-others", "--wait=false");
    world.awaitCondition("read-by-others", "Stalled", "TRUE DependantsExist");
    OperatorWorld.execute(cluster, "DROP VIEW reader");
    world.awaitGone("read-by-others");
  }

  @Test
  void whoseCredentialsWereChangedIsReleasedByTheEngineThatServes() {
    world.apply(Shop.manifest("stays"));
    world.awaitReady("stays", "Serving");
    world.apply(Shop.manifest("astray", Shop.QUERY, "  deletionPolicy: Delete\n"));
    world.awaitReady("astray", "Serving");
    world.apply(
        Shop.manifest(
            "astray",
            Shop.QUERY,
            "  deletionPolicy: Delete\n  credentials: {secretRef: {name: mistyped}}\n"));
    world.awaitCondition("astray", "Stalled", "TRUE Conflict");
    world.kubectl("delete", "streamtable", "astray", "--timeout=30s");
    assertThat(
            OperatorWorld.query(cluster, "SELECT count(*) FROM pg_class WHERE relname = 'astray'"))
        .isEqualTo("0");
    assertThat(world.condition("stays", "Ready")).isEqualTo("TRUE Serving");
  }

  @Test
  void kindsOfALaterReleaseSaySo() {
    world.apply(
        """
        apiVersion: pgtrickle.dev/v1alpha1
        kind: Snapshot
        metadata: {name: later}
        spec: {tables: [{name: order-totals}]}
        ---
        apiVersion: pgtrickle.dev/v1alpha1
        kind: SchedulePolicy
        metadata: {name: later}
        spec: {default: true, schedule: {every: 30s}}
        """);
    for (String kind : new String[] {"streamtablesnapshot", "streamtableschedulepolicy"}) {
      world.kubectl("wait", "--for=condition=Stalled", "--timeout=30s", kind + "/later");
      assertThat(
              world.kubectl(
                  "get",
                  kind,
                  "later",
                  "-o",
                  "jsonpath={.status.conditions[?(@.type=='Ready')].reason}"))
          .isEqualTo("Unsupported");
    }
  }

  private void awaitEqual(String relation, String query) {
    OperatorWorld.await(
        relation + " equals its query",
        () -> OperatorWorld.query(cluster, Shop.difference(relation, query)).equals("0"),
        () ->
            OperatorWorld.query(cluster, "SELECT r::text FROM " + relation + " AS r")
                + operator.log());
  }
}
