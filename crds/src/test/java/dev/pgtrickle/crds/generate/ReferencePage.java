package dev.pgtrickle.crds.generate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** One kind's part of the reference for users. */
final class ReferencePage {
  static final String HEADER =
      """
      # Custom resources

      Every field of the four kinds, generated from the definitions in `crds/manifests`; `kubectl explain` shows the same.
      Fields below a list are written with `[]`. What a field does not say is not limited. Durations are written like
      `500ms`, `30s`, `5m` or `720h`, sizes like `64Mi` or `20Gi`.

      This release acts on StreamTable only. It admits SchedulePolicy, Snapshot and Restore, so that manifests can be
      written and tested, and answers them with `Ready` False and `Stalled` True, reason `Unsupported`; nothing else
      happens. The same holds for fields of StreamTable that this release does not have yet; the message names them.
      Examples of every kind are in [examples](examples).
      """;

  private final JsonNode spec;
  private final JsonNode version;

  ReferencePage(JsonNode definition) {
    this.spec = definition.path("spec");
    this.version = spec.path("versions").path(0);
  }

  String text() {
    JsonNode names = spec.path("names");
    JsonNode root = version.path("schema").path("openAPIV3Schema");
    StringBuilder page = new StringBuilder();
    page.append("\n## ").append(names.path("kind").asText()).append("\n\n");
    page.append(root.path("description").asText()).append("\n\n");
    page.append(
        "`apiVersion: %s/%s`, `kind: %s`. kubectl: `%s`, short `%s`, category `%s`.\n"
            .formatted(
                spec.path("group").asText(),
                version.path("name").asText(),
                names.path("kind").asText(),
                names.path("plural").asText(),
                names.path("shortNames").path(0).asText(),
                names.path("categories").path(0).asText()));
    page.append("Columns: ").append(columns(0)).append("; with `-o wide` also ");
    page.append(columns(1)).append(".\n");
    if (version.has("selectableFields")) {
      page.append("Field selectors: ").append(selectors()).append(".\n");
    }
    List<String> whole = messages(root);
    if (!whole.isEmpty()) {
      page.append("\nRules for the object:\n\n");
      whole.forEach(message -> page.append("- ").append(message).append("\n"));
    }
    for (String part : List.of("spec", "status")) {
      page.append("\n| field | type | meaning |\n|---|---|---|\n");
      row(page, part, root.path("properties").path(part), required(root, part));
    }
    return page.toString();
  }

  private void row(StringBuilder page, String path, JsonNode schema, String required) {
    page.append("| `%s` | %s%s | %s |\n".formatted(path, type(schema), required, meaning(schema)));
    JsonNode items = schema.path("items");
    boolean isList = items.has("properties");
    JsonNode holder = isList ? items : schema;
    String prefix = path + (isList ? "[]." : ".");
    for (Map.Entry<String, JsonNode> field : holder.path("properties").properties()) {
      row(page, prefix + field.getKey(), field.getValue(), required(holder, field.getKey()));
    }
  }

  private static String required(JsonNode holder, String field) {
    return StreamSupport.stream(holder.path("required").spliterator(), false)
            .anyMatch(name -> name.asText().equals(field))
        ? ", required"
        : "";
  }

  private static String type(JsonNode schema) {
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      return "size";
    }
    if (schema.has("enum")) {
      return "one of " + words(schema.path("enum"));
    }
    return switch (schema.path("type").asText()) {
      case "array" -> "list of " + type(schema.path("items"));
      case "string" -> schema.path("format").asText("").isEmpty() ? "text" : "time";
      case "integer" -> "whole number";
      case "object" -> schema.has("additionalProperties") ? "map of texts" : "object";
      default -> schema.path("type").asText();
    };
  }

  private static String words(JsonNode list) {
    List<String> words = new ArrayList<>();
    list.forEach(word -> words.add("`" + word.asText() + "`"));
    return String.join(", ", words);
  }

  private static String meaning(JsonNode schema) {
    StringBuilder meaning = new StringBuilder(schema.path("description").asText());
    if (schema.has("default")) {
      meaning.append(" Default: `").append(schema.path("default")).append("`.");
    }
    if (schema.has("minimum") || schema.has("maximum")) {
      meaning.append(" From ").append(schema.path("minimum").asText("the least"));
      meaning.append(" to ").append(schema.path("maximum").asText("any")).append(".");
    }
    if (schema.has("maxItems")) {
      meaning.append(" At most ").append(schema.path("maxItems").asText()).append(".");
    }
    List<String> rules = new ArrayList<>(messages(schema));
    rules.addAll(messages(schema.path("items")));
    if (!rules.isEmpty()) {
      meaning.append(" Rules: ").append(String.join("; ", rules.stream().distinct().toList()));
      meaning.append(".");
    }
    return meaning.toString().replace("|", "\\|").replace("<", "&lt;");
  }

  private static List<String> messages(JsonNode schema) {
    List<String> messages = new ArrayList<>();
    schema.path("x-kubernetes-validations").forEach(r -> messages.add(r.path("message").asText()));
    return messages.stream().distinct().toList();
  }

  private String columns(int priority) {
    List<String> names = new ArrayList<>();
    version
        .path("additionalPrinterColumns")
        .forEach(column -> {
          if (column.path("priority").asInt(0) == priority) {
            names.add(column.path("name").asText().toUpperCase(java.util.Locale.ROOT));
          }
        });
    return String.join(", ", names);
  }

  private String selectors() {
    List<String> paths = new ArrayList<>();
    version
        .path("selectableFields")
        .forEach(field -> paths.add("`" + field.path("jsonPath").asText().substring(1) + "`"));
    return String.join(", ", paths);
  }
}
