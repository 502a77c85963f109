package dev.pgtrickle.binding.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.binding.problem.LocatedProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every sample says in its first lines what is expected of it: {@code # expect: line:column: path:
 * message}. A sample without such a line is valid.
 */
class SamplesTest {
  private static final String EXPECT = "# expect: ";
  private static final Path SAMPLES = Path.of("src/test/resources/samples");

  static Stream<Path> samples() throws IOException {
    try (Stream<Path> files = Files.walk(SAMPLES)) {
      return files.filter(Files::isRegularFile).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aSampleIsJudgedAsItSays(Path sample) throws IOException {
    String text = Files.readString(sample);
    String name = sample.getFileName().toString();
    List<String> expected =
        text.lines()
            .filter(line -> line.startsWith(EXPECT))
            .map(line -> name + ":" + line.substring(EXPECT.length()))
            .toList();

    Manifests manifests = new ManifestReader().parse(name, text);

    assertThat(manifests.problems().stream().map(LocatedProblem::oneLine))
        .containsExactlyInAnyOrderElementsOf(expected);
    if (expected.isEmpty()) {
      assertThat(manifests.tables()).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void onlyValidSamplesExpectNothing(Path sample) throws IOException {
    boolean expectsSomething = Files.readString(sample).startsWith(EXPECT);
    assertThat(expectsSomething).isEqualTo(!sample.getParent().endsWith("valid"));
  }

  @Test
  void thereAreSamplesOfAllThreeSorts() throws IOException {
    assertThat(samples().map(sample -> sample.getParent().getFileName().toString()).distinct())
        .containsExactly("invalid", "unsupported", "valid");
  }
}
