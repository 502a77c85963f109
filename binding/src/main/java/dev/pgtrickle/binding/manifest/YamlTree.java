package dev.pgtrickle.binding.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgtrickle.binding.problem.FieldPath;
import dev.pgtrickle.binding.problem.LocatedProblem;
import dev.pgtrickle.binding.problem.Place;
import dev.pgtrickle.binding.problem.Problem;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TextPosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Turns one YAML document into a tree of JSON values, noting where each stood. Scalars become what
 * an API server would make of them: timestamps stay text, fields that are null are left out.
 */
final class YamlTree {
  private static final Pattern PLAIN_INTEGER = Pattern.compile("[-+]?(0|[1-9][0-9]{0,17})");
  private static final Pattern TRUE = Pattern.compile("(?i)true|yes|on");
  // Aliases let a small text stand for a huge tree.
  private static final int LARGEST_TREE = 200_000;
  private static final int DEEPEST_TREE = 60;

  private final String file;
  private final Map<FieldPath, TextPosition> positions = new HashMap<>();
  private final List<LocatedProblem> problems = new ArrayList<>();
  private int size;

  YamlTree(String file) {
    this.file = file;
  }

  YamlDocument convert(Node root) {
    JsonNode tree = value(FieldPath.ROOT, root);
    return new YamlDocument(file, tree, Map.copyOf(positions));
  }

  List<LocatedProblem> problems() {
    return List.copyOf(problems);
  }

  private JsonNode value(FieldPath path, Node node) {
    positions.putIfAbsent(path, YamlParser.positionOf(node.getStartMark()));
    size++;
    if (path.steps().size() > DEEPEST_TREE) {
      report(path, "nested more than " + DEEPEST_TREE + " deep", "write it flat");
      return JsonNodeFactory.instance.nullNode();
    }
    if (size > LARGEST_TREE) {
      if (size == LARGEST_TREE + 1) {
        report(path, "this document stands for more than " + LARGEST_TREE + " values", "split it");
      }
      return JsonNodeFactory.instance.nullNode();
    }
    return switch (node) {
      case MappingNode mapping -> mapping(path, mapping);
      case SequenceNode sequence -> sequence(path, sequence);
      case ScalarNode scalar -> scalar(scalar);
      default -> JsonNodeFactory.instance.nullNode();
    };
  }

  private JsonNode mapping(FieldPath path, MappingNode mapping) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (NodeTuple entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        report(path, "a field name that is no text", "write a plain name before the colon");
        continue;
      }
      FieldPath field = path.field(key.getValue());
      boolean repeated = positions.containsKey(field);
      positions.put(field, YamlParser.positionOf(key.getStartMark()));
      if (repeated) {
        report(field, "the field is there twice", "remove one of the two");
      } else if (key.getTag().equals(Tag.MERGE)) {
        report(field, "merge keys are not read", "write the fields out");
      } else {
        JsonNode value = value(field, entry.getValueNode());
        if (!value.isNull()) {
          object.set(key.getValue(), value);
        }
      }
    }
    return object;
  }

  private JsonNode sequence(FieldPath path, SequenceNode sequence) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Node item : sequence.getValue()) {
      array.add(value(path.index(array.size()), item));
    }
    return array;
  }

  private static JsonNode scalar(ScalarNode scalar) {
    String text = scalar.getValue();
    JsonNodeFactory factory = JsonNodeFactory.instance;
    if (scalar.getTag().equals(Tag.NULL)) {
      return factory.nullNode();
    }
    if (scalar.getTag().equals(Tag.BOOL)) {
      return factory.booleanNode(TRUE.matcher(text).matches());
    }
    if (scalar.getTag().equals(Tag.INT) && PLAIN_INTEGER.matcher(text).matches()) {
      return factory.numberNode(Long.parseLong(text));
    }
    if (scalar.getTag().equals(Tag.FLOAT)) {
      try {
        return factory.numberNode(Double.parseDouble(text));
      } catch (NumberFormatException notANumberOfJson) {
        return factory.textNode(text);
      }
    }
    return factory.textNode(text);
  }

  private void report(FieldPath path, String what, String remedy) {
    Problem problem = new Problem(ErrorCode.INVALID_MANIFEST, path, what, remedy);
    TextPosition position = positions.getOrDefault(path, new TextPosition(1, 1));
    problems.add(new LocatedProblem(new Place(file, position), problem));
  }
}
