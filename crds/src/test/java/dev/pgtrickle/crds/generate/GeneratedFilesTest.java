package dev.pgtrickle.crds.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The committed definitions and their reference are what the generator makes. With {@code
 * -Dpgtrickle.regenerate=true} they are written instead of compared.
 */
class GeneratedFilesTest {
  private static final Path REFERENCE = Path.of("..", "docs", "crd-reference.md");

  static List<String> plurals() {
    return List.copyOf(Definitions.generate().keySet());
  }

  @ParameterizedTest
  @MethodSource("plurals")
  void theCommittedDefinitionIsTheGeneratedOne(String plural) throws IOException {
    String generated = DefinitionFiles.text(Definitions.generate().get(plural));
    compareOrWrite(DefinitionFiles.file(plural), generated);
  }

  @Test
  void theReferenceIsMadeOfTheCommittedDefinitions() throws IOException {
    StringBuilder reference = new StringBuilder(ReferencePage.HEADER);
    for (String plural : plurals()) {
      JsonNode definition = DefinitionFiles.read(DefinitionFiles.file(plural));
      reference.append(new ReferencePage(definition).text());
    }
    compareOrWrite(REFERENCE, reference.toString());
  }

  @Test
  void thereIsNoDefinitionOfAKindThatIsNot() throws IOException {
    try (Stream<Path> files = Files.list(DefinitionFiles.FOLDER)) {
      assertThat(files).hasSameSizeAs(plurals());
    }
  }

  private static void compareOrWrite(Path file, String generated) throws IOException {
    if (Boolean.getBoolean("pgtrickle.regenerate")) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, generated);
    }
    assertThat(Files.readString(file))
        .as(
            "%s; when the change is meant: ./mvnw -pl crds test -Dtest=GeneratedFilesTest"
                + " -Dpgtrickle.regenerate=true",
            file)
        .isEqualTo(generated);
  }
}
