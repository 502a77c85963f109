package dev.pgtrickle.binding.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.binding.manifest.ManifestReader;
import dev.pgtrickle.binding.manifest.Manifests;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectionSecretTest {

  @Test
  void partsMakeAUrl() {
    ConnectionSecret secret =
        secret("stringData: {host: db, port: \"5433\", username: u, password: p, dbname: d}");
    assertThat(secret.url().target(Map.of()))
        .isEqualTo(new ConnectionTarget("jdbc:postgresql://db:5433/d", "u", "p"));
  }

  @Test
  void dataIsBase64() {
    ConnectionSecret secret = secret("data: {uri: cG9zdGdyZXNxbDovL3U6cEBoL2Q=}");
    assertThat(secret.url().target(Map.of()))
        .isEqualTo(new ConnectionTarget("jdbc:postgresql://h/d", "u", "p"));
  }

  @Test
  void aSecretWithoutTheLabelIsNoConnection() {
    Manifests manifests =
        read("apiVersion: v1\nkind: Secret\nmetadata: {name: pg}\nstringData: {uri: x}\n");
    assertThatThrownBy(() -> manifests.secrets().getFirst().url())
        .hasMessageContaining("Secret default/pg is not labelled as a connection");
  }

  @Test
  void whatIsMissingIsNamed() {
    ConnectionSecret secret = secret("stringData: {host: db, password: geheim}");
    assertThatThrownBy(secret::url)
        .hasMessageContaining("lacks username")
        .hasMessageNotContaining("geheim");
  }

  @Test
  void aValueThatIsNoBase64IsReportedWithoutBeingShown() {
    Manifests manifests =
        read("apiVersion: v1\nkind: Secret\nmetadata: {name: pg}\ndata:\n  password: g!e\n");
    assertThat(manifests.problems())
        .singleElement()
        .satisfies(problem ->
            assertThat(problem.oneLine())
                .isEqualTo(
                    "secret.yaml:5:3: data.password: the value is not base64; encode it or put"
                        + " it under stringData [InvalidManifest]"));
  }

  @Test
  void itIsShownByItsNameOnly() {
    assertThat(secret("stringData: {password: geheim}").toString()).isEqualTo("Secret default/pg");
  }

  private static ConnectionSecret secret(String data) {
    Manifests manifests =
        read(
            "apiVersion: v1\nkind: Secret\nmetadata:\n  name: pg\n"
                + "  labels: {pgtrickle.dev/connection: \"true\"}\n"
                + data);
    assertThat(manifests.problems()).isEmpty();
    return manifests.secrets().getFirst();
  }

  private static Manifests read(String text) {
    return new ManifestReader().parse("secret.yaml", text);
  }
}
