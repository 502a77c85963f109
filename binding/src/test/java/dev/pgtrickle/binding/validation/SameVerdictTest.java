package dev.pgtrickle.binding.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgtrickle.binding.manifest.ManifestReader;
import dev.pgtrickle.binding.manifest.Manifests;
import dev.pgtrickle.binding.problem.LocatedProblem;
import dev.pgtrickle.crds.ApiGroup;
import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.testbed.kubernetes.CustomResources;
import dev.pgtrickle.testbed.kubernetes.DryRun;
import dev.pgtrickle.testbed.kubernetes.ServerVerdict;
import dev.pgtrickle.testbed.kubernetes.TestControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/**
 * What a real API server admits, we admit without Kubernetes, and what it refuses we refuse. What
 * we refuse as a feature of a later release counts as admitted: the operator says so in status.
 */
class SameVerdictTest {
  // An unquoted time is text for Kubernetes.
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).build();
  private static final String COLLECTION =
      "/apis/" + ApiGroup.API_VERSION + "/namespaces/default/" + StreamTable.PLURAL;

  // Judged before a server sees them: syntax, several documents, other kinds.
  private static final List<String> NOT_FOR_A_SERVER =
      List.of(
          "not-yaml.yaml", "field-twice.yaml", "same-name-twice.yaml", "same-relation-twice.yaml");

  @BeforeAll
  static void installDefinitions() {
    CustomResources.install(TestControlPlane.get(), Path.of("..", "crds", "manifests"));
  }

  static List<Path> samples() throws IOException {
    List<Path> samples = new ArrayList<>();
    for (String root :
        List.of("../crds/src/test/resources/samples", "src/test/resources/samples")) {
      for (String folder : List.of("valid", "invalid", "unsupported")) {
        Path place = Path.of(root, folder);
        if (Files.isDirectory(place)) {
          try (Stream<Path> files = Files.list(place)) {
            files.filter(SameVerdictTest::isForAServer).sorted().forEach(samples::add);
          }
        }
      }
    }
    return samples;
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aSampleIsJudgedAlike(Path sample) throws IOException {
    compare(Files.readString(sample), sample.toString());
  }

  @Test
  void thereAreSamplesOfBothVerdicts() throws IOException {
    assertThat(samples()).hasSizeGreaterThan(150);
  }

  static Stream<String> everies() {
    return Stream.of(
        "500ms",
        "999ms",
        "1s",
        "1000ms",
        "1.0s",
        "0.5s",
        "59m60s",
        "1h30m",
        "1.5h",
        "720h",
        "720h1ms",
        "43200m",
        "2592000s",
        "2592001s",
        "2562047h",
        "2562048h",
        "9999999999999h",
        "1m1m",
        "01s",
        "1s ",
        " 1s",
        "1S",
        "1 s",
        "s",
        "1",
        "",
        "1e3s",
        ".5s",
        "5.s",
        "1,5s",
        "1us",
        "1ns",
        "1d",
        "-1s",
        "+1s",
        "1.1.1s",
        "٣s",
        "1h-1m",
        "0.000000000001h",
        "1h0.0000000000000000000001s",
        "00000000000000000000000000000001s",
        "000000000000000000000000000000001s");
  }

  @ParameterizedTest
  @MethodSource("everies")
  void aDurationIsReadAlike(String text) {
    compare(with("schedule", Map.of("every", text)), text);
  }

  static Stream<Object> sizes() {
    return Stream.of(
        "64Ki",
        "63Ki",
        "65536",
        "65535",
        "64k",
        "66k",
        "0.1Mi",
        "64Mi",
        "64M",
        "64MB",
        "64mi",
        "64 Mi",
        "1e6",
        "1E6",
        "1e+6",
        "1e-1",
        "2Ti",
        "2147483647Ki",
        "2147483648Ki",
        "1Pi",
        "1Ei",
        "9Ei",
        "1e30",
        "-64Mi",
        "+64Mi",
        "64.5Mi",
        ".5Gi",
        "5.Mi",
        "0x10000",
        "1_000_000",
        "",
        " ",
        "Mi",
        "65536000m",
        "65535999m",
        "99999999999999999999999999999999",
        "1e400",
        "100000n",
        "1048576u",
        65536,
        65535,
        0,
        -1,
        1048576L,
        9007199254740993L);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void aSizeIsReadAlike(Object size) {
    compare(with("limits", Map.of("workMem", size)), String.valueOf(size));
    compare(with("limits", Map.of("maxBytes", size)), String.valueOf(size));
  }

  static Stream<String> crons() {
    return Stream.of(
        "* * * * *",
        "0 0 1 1 0",
        "59 23 31 12 7",
        "*/5 * * * *",
        "1-5 * * * *",
        "1-5/2 * * * *",
        "5/2 * * * *",
        "1,2,3-4 * * * *",
        "0 0 * JAN mon",
        "0 0 * jan-Feb MON-fri",
        "00 00 01 01 *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * 32 * *",
        "* * * 0 *",
        "* * * 13 *",
        "* * * * 8",
        "*/0 * * * *",
        "*/100 * * * *",
        "* * * *",
        "* * * * * *",
        "@daily",
        "*  * * * *",
        " * * * * *",
        "* * * * * ",
        "*\t* * * *",
        "? * * * *",
        "L * * * *",
        "* * L * *",
        "1- * * * *",
        ", * * * *",
        "1, * * * *",
        "-1 * * * *",
        "*-5 * * * *",
        "* * * MAI *",
        "* * * * XYZ",
        "000 * * * *",
        "");
  }

  @ParameterizedTest
  @MethodSource("crons")
  void aCronExpressionIsReadAlike(String expression) {
    compare(with("schedule", Map.of("cron", Map.of("expression", expression))), expression);
  }

  static Stream<String> zones() {
    return Stream.of(
        "UTC",
        "GMT",
        "Etc/UTC",
        "Etc/GMT+12",
        "Europe/Berlin",
        "America/Argentina/Buenos_Aires",
        "America/Port-au-Prince",
        "Asia/Kolkata",
        "EST5EDT",
        "Zulu",
        "Local",
        "local",
        "Europe/berlin",
        "Berlin",
        "+01:00",
        "01:00",
        "UTC+1",
        "GMT+1",
        "Europe/",
        "/Europe",
        "Europe//Berlin",
        "",
        " ",
        "../etc",
        "Europe/Berlin ",
        "EST",
        "MST",
        "HST",
        "CET",
        "PST",
        "ACT");
  }

  @ParameterizedTest
  @MethodSource("zones")
  void aTimeZoneIsReadAlike(String zone) {
    compare(
        with("schedule", Map.of("cron", Map.of("expression", "0 2 * * *", "timeZone", zone))),
        zone);
  }

  @Test
  void theServerKnowsEveryTimeZoneThatWeKnow() {
    for (String zone : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
      aTimeZoneIsReadAlike(zone);
    }
  }

  private static void compare(String manifest, String name) {
    Manifests manifests = new ManifestReader().parse("sample.yaml", manifest);
    List<String> ours =
        manifests.problems().stream()
            .filter(located -> located.problem().code() != ErrorCode.UNSUPPORTED)
            .map(LocatedProblem::oneLine)
            .toList();
    Object object = new Yaml().load(manifest);
    ServerVerdict theirs =
        new DryRun(TestControlPlane.get().client())
            .create(COLLECTION, inDefaultNamespace(MAPPER.valueToTree(object)));
    assertThat(ours.isEmpty())
        .as("%s%nwe say: %s%nthe server says: %s", name, ours, theirs.complaints())
        .isEqualTo(theirs.admitted());
  }

  private static String inDefaultNamespace(ObjectNode object) {
    if (object.path("metadata") instanceof ObjectNode metadata && metadata.has("namespace")) {
      metadata.put("namespace", "default");
    }
    return object.toString();
  }

  private static String with(String field, Map<String, ?> value) {
    ObjectNode object = MAPPER.createObjectNode();
    object.put("apiVersion", ApiGroup.API_VERSION).put("kind", StreamTable.KIND);
    object.putObject("metadata").put("name", "a");
    ObjectNode spec = object.putObject("spec").put("database", "app").put("query", "SELECT 1");
    spec.putObject("cluster").put("name", "pg");
    spec.set(field, MAPPER.valueToTree(value));
    return object.toString();
  }

  private static boolean isForAServer(Path file) {
    try {
      String text = Files.readString(file);
      return text.contains("kind: StreamTable")
          && text.contains("apiVersion: " + ApiGroup.API_VERSION)
          && !NOT_FOR_A_SERVER.contains(file.getFileName().toString());
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }
}
