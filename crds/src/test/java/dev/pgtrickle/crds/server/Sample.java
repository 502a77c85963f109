package dev.pgtrickle.crds.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/**
 * A file of one or more objects that says in its first lines what is expected: {@code # expect:
 * field: message}. Without such a line its objects are admitted.
 */
record Sample(String name, List<JsonNode> objects, List<Expectation> expectations) {
  static final Path FOLDER = Path.of("src/test/resources/samples");

  private static final String EXPECT = "# expect: ";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** A complaint that the server has to make: about this field, and containing this text. */
  record Expectation(String field, String message) {}

  /** The samples of a folder, by name. */
  static Stream<Sample> in(String folder) {
    try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
      return files.sorted().map(Sample::read).toList().stream();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static Sample read(Path file) {
    try {
      String text = Files.readString(file);
      List<JsonNode> objects = new ArrayList<>();
      new Yaml().loadAll(text).forEach(object -> objects.add(MAPPER.valueToTree(object)));
      return new Sample(
          file.getFileName().toString(),
          objects,
          text.lines()
              .filter(line -> line.startsWith(EXPECT))
              .map(line -> line.substring(EXPECT.length()).split(": ", 2))
              .map(parts -> new Expectation(parts[0], parts[1]))
              .toList());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
