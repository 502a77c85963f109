package dev.pgtrickle.engine.lifecycle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgtrickle.engine.plan.StorageColumn;
import dev.pgtrickle.engine.plan.StorageLayout;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A storage's layout as JSON in the registry. */
final class LayoutCodec {
  private final ObjectMapper json = new ObjectMapper();

  String write(StorageLayout layout) {
    ObjectNode node = json.createObjectNode();
    write(layout, node);
    layout.kept().ifPresent(kept -> write(kept, node.putObject("kept")));
    return node.toString();
  }

  private static void write(StorageLayout layout, ObjectNode node) {
    node.put("key", layout.key());
    ArrayNode columns = node.putArray("columns");
    for (StorageColumn column : layout.columns()) {
      ObjectNode entry = columns.addObject();
      entry.put("name", column.name().name());
      entry.put("type", column.type());
      entry.put("collation", column.collation());
      entry.put("nullability", column.nullability().name());
      entry.put("visibility", column.visibility().name());
    }
  }

  StorageLayout read(String text) {
    try {
      return read(json.readTree(text));
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("the registry holds a broken layout", broken);
    }
  }

  private static StorageLayout read(JsonNode node) {
    List<StorageColumn> columns = new ArrayList<>();
    for (JsonNode column : node.get("columns")) {
      columns.add(
          new StorageColumn(
              Identifier.of(column.get("name").asText()),
              column.get("type").asText(),
              column.get("collation").asText(),
              StorageColumn.Nullability.valueOf(column.get("nullability").asText()),
              StorageColumn.Visibility.valueOf(column.get("visibility").asText())));
    }
    return new StorageLayout(
        columns,
        node.get("key").asText(),
        Optional.ofNullable(node.get("kept")).map(LayoutCodec::read));
  }
}
