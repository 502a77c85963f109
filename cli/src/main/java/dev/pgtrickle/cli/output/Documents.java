package dev.pgtrickle.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;

/** Views as JSON or YAML; fields stand in the order in which the view declares them. */
public final class Documents {
  private final ObjectMapper json =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private final ObjectMapper yaml =
      new ObjectMapper(
          YAMLFactory.builder()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .build());

  public String json(Object view) {
    return write(json, view);
  }

  public String yaml(Object view) {
    return write(yaml, view);
  }

  private static String write(ObjectMapper mapper, Object view) {
    try {
      return mapper.writeValueAsString(view).stripTrailing();
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a view of plain values can be written", impossible);
    }
  }
}
