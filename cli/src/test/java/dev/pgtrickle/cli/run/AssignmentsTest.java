package dev.pgtrickle.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.binding.manifest.ManifestReader;
import dev.pgtrickle.binding.manifest.Manifests;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AssignmentsTest {
  private static final String TABLE =
      """
      ---
      apiVersion: pgtrickle.dev/v1alpha1
      kind: StreamTable
      metadata: {name: %s}
      spec: {%s, database: %s, query: SELECT 1}
      """;
  private static final String SECRET =
      """
      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: pg, labels: {pgtrickle.dev/connection: "true"}}
      stringData: {uri: "postgresql://u:p@db:5433/postgres?sslmode=require"}
      """;
  private static final String CLUSTER = "cluster: {name: pg}";
  private static final String CONNECTION = "connection: {secretRef: {name: pg}}";

  private final Assignments assignments = new Assignments(Map.of());

  @Test
  void tablesOfOneDatabaseAreKeptByOneEngine() {
    List<Assignment> found =
        assignments.onServer(
            read(
                TABLE.formatted("a", CLUSTER, "one")
                    + TABLE.formatted("b", CLUSTER, "two")
                    + TABLE.formatted("c", CONNECTION, "one")),
            AssignmentsTest::server);
    assertThat(found.stream().map(Assignment::target))
        .containsExactly(server("one"), server("two"));
    assertThat(found.getFirst().tables()).hasSize(2);
  }

  @Test
  void aConnectionBringsItsServerAndTheManifestItsDatabase() {
    List<Assignment> found =
        assignments.byConnection(
            read(
                TABLE.formatted("a", CONNECTION, "app")
                    + SECRET
                    + TABLE.formatted("b", CLUSTER, "app")),
            AssignmentsTest::server);
    assertThat(found.stream().map(Assignment::target))
        .containsExactly(
            new ConnectionTarget("jdbc:postgresql://db:5433/app?sslmode=require", "u", "p"),
            server("app"));
  }

  @Test
  void aSecretThatIsNotAmongTheFilesIsNamed() {
    Manifests manifests = read(TABLE.formatted("a", CONNECTION, "app"));
    assertThatThrownBy(() -> assignments.byConnection(manifests, AssignmentsTest::server))
        .hasMessage("InvalidManifest: Secret default/pg is not among the files (test.yaml:4:12)");
  }

  private static ConnectionTarget server(String database) {
    return new ConnectionTarget("jdbc:postgresql://h/" + database, "u", "");
  }

  private static Manifests read(String text) {
    Manifests manifests = new ManifestReader().parse("test.yaml", text);
    assertThat(manifests.problems()).isEmpty();
    return manifests;
  }
}
