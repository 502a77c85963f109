package dev.pgtrickle.binding.connection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgtrickle.binding.problem.FieldPath;
import dev.pgtrickle.binding.problem.Problem;
import dev.pgtrickle.binding.value.EffectiveNames;
import dev.pgtrickle.crds.Labels;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A v1 Secret that says how to reach a server: {@code uri}, or {@code host}, {@code username},
 * {@code password} and perhaps {@code port}. Its values are never shown.
 */
public final class ConnectionSecret {
  /** A Secret without this label is nobody's connection: else any Secret could be named. */
  public static final String LABEL = Labels.CONNECTION;

  private static final String DEFAULT_PORT = "5432";

  private final String namespace;
  private final String name;
  private final Label label;
  private final Map<String, String> values;

  /** Whether the Secret may be used as a connection. */
  public enum Label {
    PRESENT,
    MISSING
  }

  private ConnectionSecret(String namespace, String name, Label label, Map<String, String> values) {
    this.namespace = namespace;
    this.name = name;
    this.label = label;
    this.values = values;
  }

  /** Reads the manifest of a Secret. Values that are no base64 are left out and reported. */
  public static ConnectionSecret read(JsonNode manifest, List<Problem> problems) {
    JsonNode metadata = manifest.path("metadata");
    Map<String, String> values = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : manifest.path("data").properties()) {
      try {
        byte[] bytes = Base64.getDecoder().decode(entry.getValue().asText().strip());
        values.put(entry.getKey(), new String(bytes, StandardCharsets.UTF_8));
      } catch (IllegalArgumentException notBase64) {
        problems.add(
            new Problem(
                ErrorCode.INVALID_MANIFEST,
                FieldPath.of("data", entry.getKey()),
                "the value is not base64",
                "encode it or put it under stringData"));
      }
    }
    for (Map.Entry<String, JsonNode> entry : manifest.path("stringData").properties()) {
      values.put(entry.getKey(), entry.getValue().asText());
    }
    return new ConnectionSecret(
        metadata.path("namespace").asText(EffectiveNames.DEFAULT_NAMESPACE),
        metadata.path("name").asText(""),
        metadata.path("labels").path(LABEL).asText("").equals("true")
            ? Label.PRESENT
            : Label.MISSING,
        Map.copyOf(values));
  }

  public String namespace() {
    return namespace;
  }

  public String name() {
    return name;
  }

  /** The server that the Secret describes. */
  public PostgresUrl url() {
    if (label == Label.MISSING) {
      throw refused("is not labelled as a connection", "add the label " + LABEL + ": \"true\"");
    }
    String uri = values.get("uri");
    if (uri != null) {
      return PostgresUrl.parse(uri);
    }
    List<String> missing = new ArrayList<>();
    String host = value("host", missing);
    String user = value(values.containsKey("user") ? "user" : "username", missing);
    String password = value("password", missing);
    if (!missing.isEmpty()) {
      throw refused("lacks " + String.join(", ", missing), "add uri, or host, username, password");
    }
    return PostgresUrl.of(
        host,
        values.getOrDefault("port", DEFAULT_PORT),
        Optional.ofNullable(values.get("dbname")),
        user,
        password);
  }

  private String value(String key, List<String> missing) {
    String value = values.get(key);
    if (value == null) {
      missing.add(key);
      return "";
    }
    return value;
  }

  private TrickleException refused(String what, String remedy) {
    return TrickleException.of(
        ErrorCode.INVALID_MANIFEST, "Secret " + namespace + "/" + name + " " + what, remedy);
  }

  /** Name only: what it holds is secret. */
  @Override
  public String toString() {
    return "Secret " + namespace + "/" + name;
  }
}
