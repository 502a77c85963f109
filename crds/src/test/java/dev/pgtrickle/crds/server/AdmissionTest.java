package dev.pgtrickle.crds.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgtrickle.testbed.kubernetes.ServerVerdict;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real API server judges every sample as the sample says. */
class AdmissionTest {
  private static Server server;

  @BeforeAll
  static void start() {
    server = Server.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Sample> valid() {
    return Sample.in("valid");
  }

  static Stream<Sample> invalid() {
    return Sample.in("invalid");
  }

  static Stream<Sample> changes() {
    return Sample.in("changes");
  }

  @ParameterizedTest
  @MethodSource("valid")
  void aValidSampleIsAdmitted(Sample sample) {
    assertThat(sample.expectations()).isEmpty();
    assertThat(server.judgeCreation(sample.objects().getFirst()).complaints()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void anInvalidSampleIsRefusedWithItsMessage(Sample sample) {
    assertThat(sample.expectations()).isNotEmpty();
    check(server.judgeCreation(sample.objects().getFirst()), sample);
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aChangeIsJudgedAsItsSampleSays(Sample sample) {
    JsonNode stored = server.create(sample.objects().getFirst());
    try {
      check(server.judgeReplacement(stored, sample.objects().get(1)), sample);
    } finally {
      server.delete(stored);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"streamtable", "schedulepolicy", "snapshot", "restore"})
  void theExamplesOfTheDocumentationAreAdmitted(String kind) {
    Sample example = Sample.read(Path.of("..", "docs", "examples", kind + ".yaml"));
    ObjectNode object = (ObjectNode) example.objects().getFirst();
    object.withObject("/metadata").put("namespace", server.namespace().name());
    assertThat(server.judgeCreation(object).complaints()).isEmpty();
  }

  @Test
  void thereAreSamplesOfAllKindsInBothFolders() {
    for (String folder : new String[] {"valid", "invalid", "changes"}) {
      assertThat(
              Sample.in(folder)
                  .map(sample -> sample.objects().getFirst().path("kind").asText())
                  .distinct())
          .containsExactlyInAnyOrder("StreamTable", "SchedulePolicy", "Snapshot", "Restore");
    }
  }

  private static void check(ServerVerdict verdict, Sample sample) {
    assertThat(verdict.admitted()).isEqualTo(sample.expectations().isEmpty());
    for (Sample.Expectation expected : sample.expectations()) {
      assertThat(verdict.complaints())
          .anySatisfy(complaint -> {
            // Of unknown fields the server speaks in one message about the whole object.
            if (!complaint.field().isEmpty()) {
              assertThat(complaint.field()).isEqualTo(expected.field());
            }
            assertThat(complaint.message()).contains(expected.message());
          });
    }
  }
}
