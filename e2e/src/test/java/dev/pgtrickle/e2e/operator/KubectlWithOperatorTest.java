package dev.pgtrickle.e2e.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.cnpg.StandInCluster;
import dev.pgtrickle.testbed.machine.ExternalProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What users see and do with kubectl, while the operator is at work. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubectlWithOperatorTest {
  private static final String OTHER_ROWS =
      "SELECT customer_id, count(*) AS orders, sum(amount) AS total FROM orders WHERE id > 50 GROUP"
          + " BY customer_id";
  private static final String ONE_COLUMN_MORE =
      "SELECT customer_id, count(*) AS orders, sum(amount) AS total, count(amount) AS paid FROM"
          + " orders WHERE id > 50 GROUP BY customer_id";

  private OperatorWorld world;
  private StandInCluster cluster;
  private OperatorProcess operator;

  @BeforeAll
  void start() {
    world = OperatorWorld.create("kubectl");
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
  void everyColumnIsFilledAsSoonAsItIsReady() {
    world.apply(Shop.manifest("columns"));
    world.kubectl("wait", "--for=condition=Ready", "--timeout=60s", "streamtable/columns");
    Map<String, String> columns =
        columns(world.kubectl("get", "streamtable", "columns", "-o", "wide"));
    assertThat(columns)
        .containsEntry("CLUSTER", "pg-main")
        .containsEntry("RELATION", "public.columns")
        .containsEntry("READY", "True")
        .containsEntry("STATUS", "Serving")
        .containsEntry("MODE", "Differential")
        .containsEntry("LAG", "<=1s")
        .containsEntry("DATABASE", "app")
        .containsEntry("SCHEDULE", "every 1s")
        .containsEntry("ROWS", "5")
        .containsEntry("MESSAGE", "the table is kept current");
    assertThat(columns.get("LAST-REFRESH")).matches("\\d+s");
    assertThat(columns.get("AGE")).matches("\\d+s");
    assertThat(world.kubectl("get", "stt", "columns"))
        .contains("LAST-REFRESH")
        .doesNotContain("ROWS");
    assertThat(world.kubectl("get", "pgtrickle", "-o", "name"))
        .contains("streamtable.pgtrickle.dev/columns");
    assertThat(
            world.kubectl(
                "get",
                "streamtables",
                "--field-selector",
                "spec.cluster.name=pg-main",
                "-o",
                "name"))
        .contains("streamtable.pgtrickle.dev/columns");
  }

  @Test
  void describeHasTheEventsAndExplainTheFields() {
    world.apply(Shop.manifest("described"));
    world.awaitReady("described", "Serving");
    OperatorWorld.await(
        "the event is there",
        () -> world.kubectl("describe", "streamtable", "described").contains(" Created "),
        () -> world.kubectl("describe", "streamtable", "described"));
    assertThat(world.kubectl("describe", "streamtable", "described"))
        .contains("Events:", "QueryValid", "Observed Generation:  1");
    assertThat(world.plane().kubectl().run("explain", "streamtable.spec.refresh").output())
        .contains("KIND:       StreamTable", "mode", "fallback", "<string>");
  }

  @Test
  void aReApplyConflictsWithNobodyAndChangesNothing() {
    String manifest = Shop.manifest("applied");
    world.apply(manifest);
    world.awaitReady("applied", "Serving");
    String version = world.table("applied").orElseThrow().getMetadata().getResourceVersion();
    ExternalProgram.Outcome difference =
        world
            .plane()
            .kubectl()
            .runWithInput(manifest, "diff", "--server-side", "-n", world.namespace(), "-f", "-");
    assertThat(difference.succeeded()).as(difference.output()).isTrue();
    // A GitOps controller is another field manager; it need not force anything either.
    ExternalProgram.Outcome other =
        world
            .plane()
            .kubectl()
            .runWithInput(
                manifest,
                "apply",
                "--server-side",
                "--field-manager=gitops",
                "-n",
                world.namespace(),
                "-f",
                "-");
    assertThat(other.succeeded()).as(other.output()).isTrue();
    world.apply(manifest);
    assertThat(world.table("applied").orElseThrow().getMetadata().getGeneration()).isEqualTo(1);
    assertThat(version).isNotBlank();
  }

  @Test
  void readersOfAnEditedQuerySeeTheOldAnswerOrTheNewOne() {
    world.apply(Shop.manifest("edited"));
    world.awaitReady("edited", "Serving");
    List<String> images = new ArrayList<>();
    for (String query : List.of(Shop.QUERY, OTHER_ROWS, ONE_COLUMN_MORE)) {
      images.add(OperatorWorld.query(cluster, ImageReader.image("(" + query + ")")));
    }
    assertThat(images).doesNotHaveDuplicates();
    try (ImageReader polling =
            new ImageReader(cluster, "edited", images, ImageReader.Habit.POLLING).start();
        ImageReader patient =
            new ImageReader(cluster, "edited", images, ImageReader.Habit.REPEATABLE_READ).start()) {
      edit(OTHER_ROWS, 1, polling, patient);
      edit(ONE_COLUMN_MORE, 2, polling, patient);
      polling.stop();
      patient.stop();
      assertThat(polling.findings()).isEmpty();
      assertThat(patient.findings()).isEmpty();
      assertThat(polling.readings()).isGreaterThan(100);
      assertThat(patient.readings()).isGreaterThan(5);
    }
  }

  private void edit(String query, int image, ImageReader polling, ImageReader patient) {
    world.apply(Shop.manifest("edited", query, ""));
    world.awaitReady("edited", "Serving");
    OperatorWorld.await(
        "both readers see it",
        () -> polling.newest() == image && patient.newest() == image,
        () -> polling.findings() + " " + patient.findings() + operator.log());
  }

  @Test
  void whatCannotBeHadIsSaidAndCuredByItself() {
    world.apply(Shop.manifest("indexed", Shop.QUERY, "  indexes: [{columns: [absent]}]\n"));
    world.awaitCondition("indexed", "Stalled", "TRUE InvalidQuery");
    assertThat(world.kubectl("get", "streamtable", "indexed", "-o", "wide"))
        .contains("spec.indexes names the column \"absent\"");
    world.apply(Shop.manifest("indexed", Shop.QUERY, "  indexes: [{columns: [total]}]\n"));
    world.awaitReady("indexed", "Serving");

    world.apply(Shop.manifest("granted", Shop.QUERY, "  grants: [{role: dashboard}]\n"));
    world.awaitCondition("granted", "Stalled", "TRUE InvalidQuery");
    assertThat(world.kubectl("get", "streamtable", "granted", "-o", "wide"))
        .contains("roles that do not exist: dashboard");
  }

  @Test
  void everyValidSampleIsAnsweredAndEveryInvalidOneRefused() {
    Path samples = Path.of("..", "crds", "src", "test", "resources", "samples");
    SampleManifests valid = SampleManifests.in(samples.resolve("valid"));
    assertThat(valid.count()).isGreaterThan(35);
    // Not by server-side apply: it refuses a null that is dropped otherwise, and drops a field that
    // nobody knows inside of an atomic one.
    ExternalProgram.Outcome created =
        world
            .plane()
            .kubectl()
            .runWithInput(valid.text(), "create", "-n", world.namespace(), "-f", "-");
    assertThat(created.succeeded()).as(created.output()).isTrue();
    OperatorWorld.await(
        "each has an answer",
        () -> unanswered().isEmpty(),
        () -> unanswered() + world.kubectl("get", "pgtrickle", "-A") + operator.log());

    long before = objects();
    ExternalProgram.Outcome refused =
        world
            .plane()
            .kubectl()
            .run(
                "create",
                "-n",
                world.namespace(),
                "-f",
                samples.resolve("invalid").toAbsolutePath().normalize().toString());
    assertThat(refused.succeeded()).isFalse();
    assertThat(refused.output().lines()).noneMatch(line -> line.endsWith(" created"));
    assertThat(objects()).isEqualTo(before);

    for (String kind :
        List.of("streamtablesnapshots", "streamtablerestores", "streamtableschedulepolicies")) {
      world.kubectl("delete", kind, "--all", "--timeout=60s");
    }
    world.kubectl("delete", "streamtables", "-l", SampleManifests.LABEL, "--timeout=120s");
    assertThat(operator.log()).doesNotContain(" ERROR ", "a defect");
  }

  private long objects() {
    return world.kubectl("get", "pgtrickle", "-o", "name").lines().count();
  }

  /** Every object has a Ready condition about its present generation. */
  private List<String> unanswered() {
    String template =
        "{range .items[*]}{.kind}/{.metadata.name} {.metadata.generation}"
            + " {.status.observedGeneration} {.status.conditions[?(@.type==\"Ready\")].reason}"
            + "{\"\\n\"}{end}";
    return world
        .kubectl("get", "pgtrickle", "-o", "jsonpath=" + template)
        .lines()
        .filter(line -> {
          String[] words = line.split(" ", -1);
          return words.length < 4 || !words[1].equals(words[2]) || words[3].isEmpty();
        })
        .toList();
  }

  /** The cells of a table of one line, by their headings. */
  private static Map<String, String> columns(String table) {
    String head = table.lines().findFirst().orElseThrow();
    String line = table.lines().skip(1).findFirst().orElseThrow();
    List<MatchResult> headings = Pattern.compile("\\S+").matcher(head).results().toList();
    Map<String, String> cells = new LinkedHashMap<>();
    for (int place = 0; place < headings.size(); place++) {
      int begin = headings.get(place).start();
      int end = place + 1 < headings.size() ? headings.get(place + 1).start() : line.length();
      cells.put(
          headings.get(place).group(),
          begin >= line.length()
              ? ""
              : line.substring(begin, Math.min(end, line.length())).strip());
    }
    return cells;
  }
}
