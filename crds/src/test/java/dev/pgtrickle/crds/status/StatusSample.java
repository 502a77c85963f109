package dev.pgtrickle.crds.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pgtrickle.crds.condition.Condition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** An object in one state; its annotations say what kstatus and Argo CD must make of it. */
record StatusSample(JsonNode object) {
  private static final Path FOLDER = Path.of("src/test/resources/samples/status");
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  static List<StatusSample> all() {
    List<StatusSample> samples = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.sorted().toList()) {
        new Yaml()
            .loadAll(Files.readString(file))
            .forEach(object -> samples.add(new StatusSample(MAPPER.valueToTree(object))));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return samples;
  }

  String kind() {
    return object.path("kind").asText();
  }

  String expected(String tool) {
    return object.path("metadata").path("annotations").path(tool).asText();
  }

  List<Condition> conditions() {
    List<Condition> conditions = new ArrayList<>();
    for (JsonNode condition : object.path("status").path("conditions")) {
      conditions.add(MAPPER.convertValue(condition, Condition.class));
    }
    return conditions;
  }

  @Override
  public String toString() {
    return kind() + " " + object.path("metadata").path("name").asText();
  }
}
