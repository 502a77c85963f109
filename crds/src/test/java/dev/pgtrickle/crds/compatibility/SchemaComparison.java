package dev.pgtrickle.crds.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds what objects of an earlier release, or programs written for it, could not live with. Adding
 * an optional field, a word or a looser bound is fine; everything else is named.
 */
final class SchemaComparison {
  private static final List<String> FROZEN =
      List.of(
          "type",
          "format",
          "default",
          "pattern",
          "x-kubernetes-list-type",
          "x-kubernetes-list-map-keys",
          "x-kubernetes-map-type",
          "x-kubernetes-int-or-string",
          "x-kubernetes-preserve-unknown-fields");
  private static final List<String> UPPER = List.of("maximum", "maxLength", "maxItems");
  private static final List<String> LOWER = List.of("minimum", "minLength", "minItems");

  private final List<String> violations = new ArrayList<>();

  /** One sentence a violation, each beginning with the field. */
  static List<String> violations(JsonNode before, JsonNode after) {
    SchemaComparison comparison = new SchemaComparison();
    comparison.definition(before.path("spec"), after.path("spec"));
    return comparison.violations;
  }

  private void definition(JsonNode before, JsonNode after) {
    for (String name : List.of("group", "scope", "names")) {
      if (!before.path(name).equals(after.path(name))) {
        violations.add(name + ": changed");
      }
    }
    for (JsonNode version : before.path("versions")) {
      String name = version.path("name").asText();
      JsonNode match = find(after.path("versions"), "name", name);
      if (!match.path("served").asBoolean()) {
        violations.add("version " + name + ": no longer served");
      } else {
        columns(version, match);
        schema(
            "",
            version.path("schema").path("openAPIV3Schema"),
            match.path("schema").path("openAPIV3Schema"));
      }
    }
  }

  private void columns(JsonNode before, JsonNode after) {
    for (JsonNode field : before.path("selectableFields")) {
      String path = field.path("jsonPath").asText();
      if (find(after.path("selectableFields"), "jsonPath", path).isMissingNode()) {
        violations.add(path + ": no longer selectable");
      }
    }
  }

  private void schema(String path, JsonNode before, JsonNode after) {
    for (String keyword : FROZEN) {
      if (!before.path(keyword).equals(after.path(keyword))) {
        violations.add(
            "%s: %s was %s and is %s"
                .formatted(path, keyword, shown(before.path(keyword)), shown(after.path(keyword))));
      }
    }
    bounds(path, before, after);
    words(path, before, after);
    required(path, before, after);
    rules(path, before, after);
    for (Map.Entry<String, JsonNode> property : before.path("properties").properties()) {
      String field = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
      JsonNode match = after.path("properties").path(property.getKey());
      if (match.isMissingNode()) {
        violations.add(field + ": removed");
      } else {
        schema(field, property.getValue(), match);
      }
    }
    for (String content : List.of("items", "additionalProperties")) {
      if (before.has(content)) {
        schema(path + "[]", before.path(content), after.path(content));
      }
    }
  }

  private void bounds(String path, JsonNode before, JsonNode after) {
    for (String keyword : UPPER) {
      if (after.has(keyword)
          && (!before.has(keyword)
              || after.path(keyword).asLong() < before.path(keyword).asLong())) {
        violations.add(path + ": " + keyword + " is narrower");
      }
    }
    for (String keyword : LOWER) {
      if (after.has(keyword)
          && (!before.has(keyword)
              || after.path(keyword).asLong() > before.path(keyword).asLong())) {
        violations.add(path + ": " + keyword + " is narrower");
      }
    }
  }

  private void words(String path, JsonNode before, JsonNode after) {
    if (after.has("enum")) {
      Set<String> left = texts(before.path("enum"));
      left.removeAll(texts(after.path("enum")));
      left.forEach(word -> violations.add(path + ": the word " + word + " is gone"));
      if (!before.has("enum")) {
        violations.add(path + ": only certain words are allowed now");
      }
    }
  }

  private void required(String path, JsonNode before, JsonNode after) {
    Set<String> added = texts(after.path("required"));
    added.removeAll(texts(before.path("required")));
    added.forEach(field -> violations.add(path + ": " + field + " is required now"));
  }

  /** A rule may go or change its words of explanation; a new one may refuse what is stored. */
  private void rules(String path, JsonNode before, JsonNode after) {
    Set<String> added = new HashSet<>();
    after.path("x-kubernetes-validations").forEach(r -> added.add(r.path("rule").asText()));
    before.path("x-kubernetes-validations").forEach(r -> added.remove(r.path("rule").asText()));
    added.forEach(rule -> violations.add(path + ": new rule " + rule));
  }

  private static Set<String> texts(JsonNode list) {
    Set<String> texts = new HashSet<>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  private static JsonNode find(JsonNode list, String key, String value) {
    for (JsonNode item : list) {
      if (item.path(key).asText().equals(value)) {
        return item;
      }
    }
    return list.path("none");
  }

  private static String shown(JsonNode value) {
    return value.isMissingNode() ? "absent" : value.toString();
  }
}
