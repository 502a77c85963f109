package dev.pgtrickle.engine.lifecycle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A definition that waits, as JSON in the registry. */
public final class PendingCodec {
  private final ObjectMapper json = new ObjectMapper();

  public String write(PendingDefinition pending) {
    ObjectNode node = json.createObjectNode();
    node.put("hash", pending.hash());
    node.put("summary", pending.summary());
    pending.dependants().forEach(node.putArray("dependants")::add);
    return node.toString();
  }

  public PendingDefinition read(String text) {
    try {
      JsonNode node = json.readTree(text);
      List<String> dependants = new ArrayList<>();
      node.get("dependants").forEach(name -> dependants.add(name.asText()));
      return new PendingDefinition(
          node.get("hash").asText(), node.get("summary").asText(), dependants);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("the registry holds a broken pending definition", broken);
    }
  }
}
