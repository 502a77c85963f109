package dev.pgtrickle.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.binding.manifest.ManifestReader;
import dev.pgtrickle.binding.manifest.Manifests;
import dev.pgtrickle.engine.definition.AdoptionPolicy;
import dev.pgtrickle.engine.definition.AllTablesPublication;
import dev.pgtrickle.engine.definition.Buffers;
import dev.pgtrickle.engine.definition.CaptureWish;
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
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StreamTableBinderTest {
  private static final String QUERY =
      "SELECT customer_id, count(*) AS orders FROM orders GROUP BY customer_id";

  @Test
  void theSmallestResourceGetsEveryDefault() {
    BoundStreamTable bound = bind("smallest");
    assertThat(bound.server()).isEqualTo(new ServerReference.Cluster("shop", "pg-main"));
    assertThat(bound.database()).isEqualTo("app");
    assertThat(bound.definition())
        .isEqualTo(
            new StreamTableDefinition(
                QualifiedName.of("public", "order_totals"),
                QUERY,
                RefreshMode.AUTO,
                Fallback.ALLOW,
                new Schedule.Every(Duration.ofSeconds(30)),
                Wake.AUTO,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Limits.defaults(),
                StreamTableDefinition.Activity.ACTIVE,
                new Origin("shop", "order-totals", "manifest:shop/order-totals")));
  }

  @Test
  void buffersAreUnloggedOnlyForWhoAsks() {
    assertThat(bind("smallest").definition().capture()).isEqualTo(CaptureWish.defaults());
    assertThat(bind("everything").definition().capture().buffers()).isEqualTo(Buffers.LOGGED);
    assertThat(bind("unlogged").definition().capture().buffers()).isEqualTo(Buffers.UNLOGGED);
  }

  @Test
  void whoAcceptsAPublicationOfAllTablesHasUnloggedBuffers() {
    assertThat(bind("publication").definition().capture())
        .isEqualTo(new CaptureWish(Buffers.UNLOGGED, AllTablesPublication.ACCEPTED));
  }

  @Test
  void whatTheUserSaidWins() {
    Identifier orders = Identifier.of("orders");
    Identifier customer = Identifier.of("customer_id");
    assertThat(bind("everything").definition())
        .isEqualTo(
            new StreamTableDefinition(
                QualifiedName.of("reporting", "order_totals"),
                QUERY,
                RefreshMode.DIFFERENTIAL,
                Fallback.NEVER,
                new Schedule.Every(Duration.ofSeconds(90)),
                Wake.POLL,
                Optional.of(Identifier.of("app")),
                List.of(customer),
                List.of(
                    new IndexDefinition(
                        List.of(orders),
                        Identifier.of("brin"),
                        IndexDefinition.Uniqueness.NOT_UNIQUE),
                    new IndexDefinition(
                        List.of(orders, customer),
                        Identifier.of("btree"),
                        IndexDefinition.Uniqueness.UNIQUE)),
                List.of(
                    new Grant(Identifier.of("dashboard_ro")),
                    new Grant(Identifier.of("Größe \"x\""))),
                new Limits(Duration.ofMillis(250), Duration.ofMinutes(10), Optional.of(65_536L)),
                StreamTableDefinition.Activity.SUSPENDED,
                new Origin("shop", "order-totals", "manifest:shop/order-totals"),
                new Policies(
                    AdoptionPolicy.IF_ORPHANED,
                    QueryChangePolicy.AWAIT_APPROVAL,
                    List.of("3fa9c1d20b77"),
                    DriftPolicy.REPORT)));
  }

  @Test
  void aConnectionNamesItsSecret() {
    assertThat(bind("connection").server()).isEqualTo(new ServerReference.Secret("shop", "pg"));
  }

  @Test
  void schedulesAreWhatTheySay() {
    assertThat(bind("manual").definition().schedule()).isEqualTo(new Schedule.Manual());
    assertThat(bind("on-change").definition().schedule()).isEqualTo(new Schedule.OnChange());
  }

  @Test
  void aNullIsAnAbsentField() {
    assertThat(bind("nulls").definition().schedule())
        .isEqualTo(new Schedule.Every(Duration.ofSeconds(30)));
  }

  @Test
  void theUidOfAServerIsKept() {
    assertThat(bind("as-a-server-returns-it").definition().origin().uid()).isEqualTo("8e5b");
  }

  @Test
  void theBrakeThatGitOpsDoesNotUndoSuspendsToo() {
    Manifests manifests =
        new ManifestReader()
            .parse(
                "braked.yaml",
                """
                apiVersion: pgtrickle.dev/v1alpha1
                kind: StreamTable
                metadata:
                  name: a
                  annotations: {pgtrickle.dev/suspended: incident 42}
                spec: {cluster: {name: pg}, database: app, query: SELECT 1, suspend: false}
                """);
    assertThat(manifests.tables().getFirst().table().definition().activity())
        .isEqualTo(StreamTableDefinition.Activity.SUSPENDED);
  }

  private static BoundStreamTable bind(String sample) {
    Path file = Path.of("src/test/resources/samples/valid", sample + ".yaml");
    Manifests manifests = new ManifestReader().read(List.of(file));
    assertThat(manifests.problems()).isEmpty();
    return manifests.tables().getFirst().table();
  }
}
