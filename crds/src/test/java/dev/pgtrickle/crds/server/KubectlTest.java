package dev.pgtrickle.crds.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgtrickle.crds.generate.DefinitionFiles;
import dev.pgtrickle.crds.generate.Definitions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What people see and type with kubectl. */
class KubectlTest {
  private static Server server;

  @BeforeAll
  static void start() {
    server = Server.start();
    create("valid/everything.yaml");
    create("valid/name-with-dots.yaml");
    create("valid/policy-everything.yaml");
    create("valid/snapshot-everything.yaml");
    create("valid/restore-everything.yaml");
    writeStatus("streamtable", "order-totals", STATUS);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static final String STATUS =
      """
      {"status": {"observedGeneration": 1, "relation": "reporting.order_totals",
        "plan": {"mode": "Differential"}, "freshness": {"lag": "<=30s"},
        "lastRefresh": {"time": "2026-11-21T10:00:00Z"}, "storage": {"rows": 18231},
        "schedule": {"effective": "every 30s", "tier": "Hot"},
        "refreshRequest": {"token": "2026-11-01T10:00:00Z", "state": "Succeeded"},
        "conditions": [{"type": "Ready", "status": "True", "reason": "Serving",
          "message": "18231 rows", "lastTransitionTime": "2026-11-21T10:00:00Z",
          "observedGeneration": 1}]}}
      """;

  static List<String> plurals() {
    return List.copyOf(Definitions.generate().keySet());
  }

  @ParameterizedTest
  @MethodSource("plurals")
  void explainDescribesEveryField(String plural) throws IOException {
    JsonNode root =
        DefinitionFiles.read(DefinitionFiles.file(plural))
            .at("/spec/versions/0/schema/openAPIV3Schema");
    String explained = kubectl("explain", plural, "--recursive");
    for (String part : List.of("spec", "status")) {
      List<String> fields = new ArrayList<>();
      collect(root.path("properties").path(part), fields);
      assertThat(fields).isNotEmpty();
      assertThat(explained).contains(fields);
    }
    // Of every field at the top, what it is for.
    for (Map.Entry<String, JsonNode> field :
        root.path("properties").path("spec").path("properties").properties()) {
      String description = field.getValue().path("description").asText();
      assertThat(plain(kubectl("explain", plural + ".spec." + field.getKey())))
          .contains(plain(description));
    }
  }

  @Test
  void getShowsTheColumns() {
    List<String> lines = kubectl("get", "streamtables").lines().toList();
    assertThat(lines.getFirst().split("\\s+"))
        .containsExactly(
            "NAME", "CLUSTER", "RELATION", "READY", "STATUS", "MODE", "LAG", "LAST-REFRESH", "AGE");
    assertThat(row(lines, "order-totals").split("\\s+"))
        .startsWith(
            "order-totals",
            "pg-main",
            "reporting.order_totals",
            "True",
            "Serving",
            "Differential",
            "<=30s");
  }

  @Test
  void wideShowsMore() {
    List<String> lines = kubectl("get", "stt", "-o", "wide").lines().toList();
    assertThat(lines.getFirst().split("\\s+"))
        .endsWith("AGE", "DATABASE", "SCHEDULE", "TIER", "ROWS", "MESSAGE");
    assertThat(row(lines, "order-totals"))
        .containsPattern("app +every 30s +Hot +18231 +18231 rows");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          streamtableschedulepolicies | stpol     | schedulepolicy | NAME DEFAULT PRIORITY EVERY CRON MATCHED READY STATUS AGE OVERLAPS MESSAGE
          streamtablesnapshots        | stsnap    | snapshot       | NAME READY STATUS PHASE COMPLETED AGE TTL ORIGIN MESSAGE
          streamtablerestores         | strestore | restore        | NAME SNAPSHOT READY STATUS PHASE COPIED AGE TOTAL MESSAGE
          """)
  void theOtherKindsHaveColumnsToo(String plural, String shortName, String kind, String columns) {
    String header = kubectl("get", plural, "-o", "wide").lines().findFirst().orElseThrow();
    assertThat(header.split("\\s+")).containsExactly(columns.split(" "));
    String name = kubectl("get", shortName, "-o", "name");
    assertThat(name).startsWith(kind + ".pgtrickle.dev/");
    // What -o name prints can be given to the next command.
    kubectl("get", name);
  }

  @Test
  void theCategoryShowsAllKinds() {
    assertThat(kubectl("get", "pgtrickle", "-o", "name").lines())
        .contains(
            "streamtable.pgtrickle.dev/order-totals",
            "schedulepolicy.pgtrickle.dev/near-real-time",
            "snapshot.pgtrickle.dev/order-totals-20261101",
            "restore.pgtrickle.dev/order-totals-back");
  }

  @Test
  void fieldSelectorsFindTablesByClusterAndDatabase() {
    String both = "--field-selector=spec.cluster.name=pg-main,spec.database=app";
    assertThat(kubectl("get", "streamtables", both, "-o", "name").lines()).hasSize(2);
    String none = "--field-selector=spec.database=other";
    assertThat(kubectl("get", "streamtables", none, "-o", "name")).isEmpty();
  }

  @Test
  void waitWorksOnConditionsAndOnARefreshRequest() {
    kubectl("wait", "--for=condition=Ready", "streamtable/order-totals", "--timeout=5s");
    kubectl(
        "wait",
        "--for=jsonpath={.status.refreshRequest.state}=Succeeded",
        "streamtable/order-totals",
        "--timeout=5s");
  }

  @Test
  void aNewObjectIsNotTakenForAReadyOne() {
    assertThat(run("wait", "--for=condition=Ready", "streamtable/a.b.c", "--timeout=1s"))
        .contains("timed out");
  }

  @Test
  void refusalsAreShownByKubectl() {
    String output = run("create", "-f", file("invalid/cron-six.yaml"));
    assertThat(output)
        .contains("spec.schedule.cron.expression")
        .contains("cron has five fields: minute hour day-of-month month day-of-week");
  }

  @Test
  void applyingAgainChangesNothing() {
    String sample = file("valid/everything.yaml");
    kubectl("apply", "--server-side", "--force-conflicts", "-f", sample);
    String before =
        kubectl("get", "streamtable", "order-totals", "-o", "jsonpath={.metadata.resourceVersion}");
    kubectl("apply", "--server-side", "-f", sample);
    String after =
        kubectl("get", "streamtable", "order-totals", "-o", "jsonpath={.metadata.resourceVersion}");
    assertThat(after).isEqualTo(before);
  }

  private static void collect(JsonNode schema, List<String> fields) {
    JsonNode holder = schema.has("items") ? schema.path("items") : schema;
    for (Map.Entry<String, JsonNode> field : holder.path("properties").properties()) {
      fields.add(field.getKey() + "\t");
      collect(field.getValue(), fields);
    }
  }

  private static String plain(String text) {
    return text.replaceAll("\\s+", " ");
  }

  private static String row(List<String> lines, String name) {
    return lines.stream().filter(line -> line.startsWith(name + " ")).findFirst().orElseThrow();
  }

  private static String file(String sample) {
    return Sample.FOLDER.resolve(sample).toAbsolutePath().toString();
  }

  private static void create(String sample) {
    kubectl("create", "-f", file(sample));
  }

  private static void writeStatus(String kind, String name, String patch) {
    kubectl("patch", kind, name, "--subresource=status", "--type=merge", "-p", patch);
  }

  /** Runs kubectl in the test's namespace; it has to succeed. */
  private static String kubectl(String... arguments) {
    var outcome = server.plane().kubectl().run(inNamespace(arguments));
    assertThat(outcome.succeeded())
        .as("kubectl %s: %s", String.join(" ", arguments), outcome.output())
        .isTrue();
    return outcome.output();
  }

  /** Runs kubectl in the test's namespace; it has to fail. */
  private static String run(String... arguments) {
    var outcome = server.plane().kubectl().run(inNamespace(arguments));
    assertThat(outcome.succeeded()).as(outcome.output()).isFalse();
    return outcome.output();
  }

  private static String[] inNamespace(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--namespace=" + server.namespace().name());
    return all.toArray(String[]::new);
  }
}
