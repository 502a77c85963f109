package dev.pgtrickle.binding.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.binding.problem.LocatedProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestReaderTest {
  private static final String TABLE =
      """
      apiVersion: pgtrickle.dev/v1alpha1
      kind: StreamTable
      metadata: {name: %s}
      spec: {cluster: {name: pg}, database: app, query: SELECT 1}
      """;

  @TempDir private Path directory;

  @Test
  void aDirectoryIsReadInOrderOfNameAndNotBelow() throws IOException {
    write("b.yaml", TABLE.formatted("second"));
    write("a.yml", TABLE.formatted("first"));
    write("c.json.txt", "no manifest");
    Files.createDirectory(directory.resolve("below"));
    write("below/d.yaml", TABLE.formatted("below"));

    Manifests manifests = new ManifestReader().read(List.of(directory));

    assertThat(manifests.problems()).isEmpty();
    assertThat(names(manifests)).containsExactly("first", "second");
  }

  @Test
  void aFileHoldsSeveralDocuments() throws IOException {
    Path file =
        write("all.yaml", "---\n" + TABLE.formatted("a") + "---\n---\n" + TABLE.formatted("b"));
    Manifests manifests = new ManifestReader().read(List.of(file));
    assertThat(names(manifests)).containsExactly("a", "b");
    assertThat(manifests.tables().get(1).place()).hasToString(file + ":10:12");
  }

  @Test
  void problemsOfAllDocumentsAndFilesAreReportedTogether() throws IOException {
    Path first =
        write("a.yaml", TABLE.formatted("X") + "---\n" + TABLE.formatted("ok") + "---\n- 1\n");
    Path second = write("b.yaml", "kind: [\n");

    Manifests manifests = new ManifestReader().read(List.of(first, second));

    assertThat(manifests.problems().stream().map(LocatedProblem::oneLine))
        .hasSize(4)
        .anySatisfy(line -> assertThat(line).startsWith(first + ":3:12: metadata.name: "))
        .anySatisfy(line -> assertThat(line).startsWith(first + ":4:1: spec.table.name: "))
        .anySatisfy(line -> assertThat(line).startsWith(first + ":11:1: the document is no"))
        .anySatisfy(line -> assertThat(line).startsWith(second + ":2:1: not YAML: "));
    assertThat(names(manifests)).containsExactly("ok");
  }

  @Test
  void whatIsNotOursIsLeftAsideWithANote() {
    Manifests manifests =
        new ManifestReader()
            .parse(
                "app.yaml", "apiVersion: apps/v1\nkind: Deployment\n---\n" + TABLE.formatted("a"));
    assertThat(manifests.notes())
        .containsExactly("app.yaml:1:1: Deployment of apps/v1 is not ours and was left aside");
    assertThat(manifests.problems()).isEmpty();
    assertThat(names(manifests)).containsExactly("a");
  }

  @Test
  void aliasesAreFollowed() {
    Manifests manifests =
        new ManifestReader()
            .parse(
                "a.yaml",
                """
                apiVersion: pgtrickle.dev/v1alpha1
                kind: StreamTable
                metadata: {name: &name app}
                spec: {cluster: {name: *name}, database: *name, query: SELECT 1}
                """);
    assertThat(manifests.problems()).isEmpty();
    assertThat(manifests.tables().getFirst().table().database()).isEqualTo("app");
  }

  @Test
  void aListThatContainsItselfEndsInAProblem() {
    Manifests manifests = new ManifestReader().parse("a.yaml", "kind: &a [*a]\n");
    assertThat(manifests.problems())
        .anySatisfy(problem -> assertThat(problem.oneLine()).contains("nested more than 60 deep"));
  }

  @Test
  void aSmallTextThatStandsForAHugeTreeEndsInAProblem() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [1, 2]\n");
    for (int level = 1; level <= 20; level++) {
      String before = "*a" + (level - 1);
      bomb.append("a%d: &a%d [%s, %s]\n".formatted(level, level, before, before));
    }
    Manifests manifests = new ManifestReader().parse("a.yaml", bomb.toString());
    assertThat(manifests.problems()).isNotEmpty();
  }

  @Test
  void wordsOfYamlAreReadAsAnApiServerReadsThem() {
    Manifests manifests =
        new ManifestReader()
            .parse("a.yaml", TABLE.formatted("a").replace("database", "suspend: on, database"));
    assertThat(manifests.problems()).isEmpty();
    assertThat(manifests.tables().getFirst().table().definition().activity())
        .hasToString("SUSPENDED");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path missing = directory.resolve("missing.yaml");
    assertThat(problems(missing))
        .containsExactly(
            missing + ":1:1: cannot be read; check the path and its rights [InvalidManifest]");
  }

  @Test
  void aFileThatIsNotUtf8IsNamed() throws IOException {
    Path file = directory.resolve("latin.yaml");
    Files.write(file, "größe: 1".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(problems(file))
        .containsExactly(file + ":1:1: not UTF-8 text; save it as UTF-8 [InvalidManifest]");
  }

  @Test
  void anEmptyDirectoryIsNamed() {
    assertThat(problems(directory))
        .singleElement()
        .satisfies(line -> assertThat(line).contains("no file ends in .yaml, .yml or .json"));
  }

  @Test
  void aQueryMayHaveSixtyFourKibibytes() {
    String longest = "SELECT 1 -- " + "x".repeat(65_536 - 12);
    assertThat(parse(longest).problems()).isEmpty();
    assertThat(parse(longest + "x").problems())
        .singleElement()
        .satisfies(problem ->
            assertThat(problem.oneLine())
                .contains("a query has at most 65536 bytes (64 KiB), this one has 65537"));
  }

  private static Manifests parse(String query) {
    return new ManifestReader()
        .parse("a.yaml", TABLE.formatted("a").replace("SELECT 1", "\"" + query + "\""));
  }

  private List<String> problems(Path path) {
    return new ManifestReader()
        .read(List.of(path)).problems().stream().map(LocatedProblem::oneLine).toList();
  }

  private static List<String> names(Manifests manifests) {
    return manifests.tables().stream()
        .map(declared -> declared.table().definition().origin().name())
        .toList();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }
}
