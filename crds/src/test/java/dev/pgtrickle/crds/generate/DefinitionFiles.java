package dev.pgtrickle.crds.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** The committed definitions, and how they are written. */
public final class DefinitionFiles {
  /** Where the committed definitions are. */
  public static final Path FOLDER = Path.of("manifests");

  private static final String HEADER =
      "# Generated from the Java types; see \"Custom resources\" in CONTRIBUTING.md.\n";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private DefinitionFiles() {}

  public static Path file(String plural) {
    return FOLDER.resolve(plural + ".yaml");
  }

  public static String text(JsonNode definition) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setSplitLines(false);
    options.setIndent(2);
    return HEADER + new Yaml(options).dump(MAPPER.convertValue(definition, Map.class));
  }

  public static JsonNode read(Path file) throws IOException {
    Map<String, Object> tree = new Yaml().load(Files.readString(file));
    return MAPPER.valueToTree(tree);
  }
}
