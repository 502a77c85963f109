package dev.pgtrickle.crds.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgtrickle.testbed.machine.ExternalProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * The real kstatus, which is a Go library, on every state. Where there is no Go the test is skipped
 * and says so.
 */
class KstatusTest {
  private static final Path TOOL = Path.of("tools", "kstatus").toAbsolutePath();
  private static final Path PROGRAM = Path.of("target", "kstatus").toAbsolutePath();

  @Test
  void kstatusConcludesWhatTheSamplesSay() {
    assumeTrue(ExternalProgram.works(List.of("go", "version")), "skipped: there is no go here");
    ExternalProgram.Outcome built =
        ExternalProgram.run(
            List.of(
                "go",
                "-C",
                TOOL.toString(),
                "build",
                "-mod=readonly",
                "-trimpath",
                "-buildvcs=false",
                "-o",
                PROGRAM.toString(),
                "."));
    assertThat(built.succeeded()).as(built.output()).isTrue();
    List<StatusSample> samples = StatusSample.all();
    String input =
        samples.stream()
            .map(sample -> sample.object().toString())
            .collect(Collectors.joining("\n", "", "\n"));

    ExternalProgram.Outcome outcome = ExternalProgram.run(List.of(PROGRAM.toString()), input);

    assertThat(outcome.succeeded()).as(outcome.output()).isTrue();
    List<String> answers = outcome.output().lines().toList();
    assertThat(answers).hasSameSizeAs(samples);
    SoftAssertions all = new SoftAssertions();
    for (int index = 0; index < samples.size(); index++) {
      StatusSample sample = samples.get(index);
      all.assertThat(answers.get(index).split("\t", 2)[0])
          .as("%s: %s", sample, answers.get(index))
          .isEqualTo(sample.expected("kstatus"));
    }
    all.assertAll();
  }
}
