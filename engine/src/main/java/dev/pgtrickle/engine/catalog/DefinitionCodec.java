package dev.pgtrickle.engine.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgtrickle.engine.definition.AdoptionPolicy;
import dev.pgtrickle.engine.definition.AllTablesPublication;
import dev.pgtrickle.engine.definition.Buffers;
import dev.pgtrickle.engine.definition.CaptureWish;
import dev.pgtrickle.engine.definition.DriftPolicy;
import dev.pgtrickle.engine.definition.Fallback;
import dev.pgtrickle.engine.definition.Grant;
import dev.pgtrickle.engine.definition.IndexDefinition;
import dev.pgtrickle.engine.definition.Limits;
import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.engine.definition.Policies;
import dev.pgtrickle.engine.definition.QueryChangePolicy;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.Schedule;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.definition.Wake;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A definition as JSON in the registry, and the hash of that part of it which decides the rows. */
public final class DefinitionCodec {
  private final ObjectMapper json = new ObjectMapper();

  public String write(StreamTableDefinition definition) {
    ObjectNode node = json.createObjectNode();
    node.put("schema", definition.relation().schema().name());
    node.put("name", definition.relation().name().name());
    node.put("query", definition.query());
    node.put("mode", definition.mode().name());
    node.put("fallback", definition.fallback().name());
    node.put("wake", definition.wake().name());
    node.put("buffers", definition.capture().buffers().name());
    node.put("allTablesPublication", definition.capture().allTablesPublication().name());
    node.put("activity", definition.activity().name());
    definition.owner().ifPresent(owner -> node.put("owner", owner.name()));
    writeSchedule(node.putObject("schedule"), definition.schedule());
    writeNames(node.putArray("primaryKey"), definition.primaryKey());
    ArrayNode indexes = node.putArray("indexes");
    for (IndexDefinition index : definition.indexes()) {
      ObjectNode entry = indexes.addObject();
      writeNames(entry.putArray("columns"), index.columns());
      entry.put("method", index.method().name());
      entry.put("uniqueness", index.uniqueness().name());
    }
    writeNames(node.putArray("grants"), definition.grants().stream().map(Grant::role).toList());
    ObjectNode limits = node.putObject("limits");
    limits.put("lockTimeout", definition.limits().lockTimeout().toString());
    limits.put("refreshTimeout", definition.limits().refreshTimeout().toString());
    definition.limits().workMemoryKibibytes().ifPresent(size -> limits.put("workMemory", size));
    ObjectNode origin = node.putObject("origin");
    origin.put("kubernetes", definition.origin().kubernetes());
    origin.put("namespace", definition.origin().namespace());
    origin.put("name", definition.origin().name());
    origin.put("uid", definition.origin().uid());
    writePolicies(node.putObject("policies"), definition.policies());
    return node.toString();
  }

  public StreamTableDefinition read(String text) {
    JsonNode node;
    try {
      node = json.readTree(text);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("the registry holds a broken definition", broken);
    }
    List<IndexDefinition> indexes = new ArrayList<>();
    for (JsonNode index : node.get("indexes")) {
      indexes.add(
          new IndexDefinition(
              names(index.get("columns")),
              Identifier.of(index.get("method").asText()),
              IndexDefinition.Uniqueness.valueOf(index.get("uniqueness").asText())));
    }
    JsonNode limits = node.get("limits");
    JsonNode origin = node.get("origin");
    return new StreamTableDefinition(
        QualifiedName.of(node.get("schema").asText(), node.get("name").asText()),
        node.get("query").asText(),
        RefreshMode.valueOf(node.get("mode").asText()),
        Fallback.valueOf(node.get("fallback").asText()),
        readSchedule(node.get("schedule")),
        Wake.valueOf(node.get("wake").asText()),
        Optional.ofNullable(node.get("owner")).map(owner -> Identifier.of(owner.asText())),
        names(node.get("primaryKey")),
        indexes,
        names(node.get("grants")).stream().map(Grant::new).toList(),
        new Limits(
            Duration.parse(limits.get("lockTimeout").asText()),
            Duration.parse(limits.get("refreshTimeout").asText()),
            Optional.ofNullable(limits.get("workMemory")).map(JsonNode::asLong)),
        StreamTableDefinition.Activity.valueOf(node.get("activity").asText()),
        new Origin(
            origin.get("kubernetes").asText(),
            origin.get("namespace").asText(),
            origin.get("name").asText(),
            origin.get("uid").asText()),
        readPolicies(node.get("policies")),
        readCapture(node));
  }

  private static CaptureWish readCapture(JsonNode node) {
    return new CaptureWish(
        Buffers.valueOf(node.path("buffers").asText(Buffers.LOGGED.name())),
        AllTablesPublication.valueOf(
            node.path("allTablesPublication").asText(AllTablesPublication.REFUSED.name())));
  }

  /** Equal hashes mean: the same rows, so nothing has to be computed anew. */
  public String hash(StreamTableDefinition definition) {
    ObjectNode node = json.createObjectNode();
    node.put("query", definition.query().strip());
    node.put("schema", definition.relation().schema().name());
    node.put("owner", definition.owner().map(Identifier::name).orElse(""));
    writeNames(node.putArray("primaryKey"), definition.primaryKey());
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(node.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void writeNames(ArrayNode array, List<Identifier> names) {
    names.forEach(name -> array.add(name.name()));
  }

  private static List<Identifier> names(JsonNode array) {
    List<Identifier> names = new ArrayList<>();
    array.forEach(name -> names.add(Identifier.of(name.asText())));
    return names;
  }

  private static void writePolicies(ObjectNode node, Policies policies) {
    node.put("adoption", policies.adoption().name());
    node.put("queryChange", policies.queryChange().name());
    policies.approvals().forEach(node.putArray("approvals")::add);
    node.put("drift", policies.drift().name());
  }

  private static Policies readPolicies(JsonNode node) {
    List<String> approvals = new ArrayList<>();
    node.get("approvals").forEach(hash -> approvals.add(hash.asText()));
    return new Policies(
        AdoptionPolicy.valueOf(node.get("adoption").asText()),
        QueryChangePolicy.valueOf(node.get("queryChange").asText()),
        approvals,
        DriftPolicy.valueOf(node.get("drift").asText()));
  }

  private static void writeSchedule(ObjectNode node, Schedule schedule) {
    switch (schedule) {
      case Schedule.Every every -> node.put("every", every.interval().toString());
      case Schedule.OnChange onChange -> node.put("onChange", true);
      case Schedule.Manual manual -> node.put("manual", true);
    }
  }

  private static Schedule readSchedule(JsonNode node) {
    if (node.has("every")) {
      return new Schedule.Every(Duration.parse(node.get("every").asText()));
    }
    return node.has("onChange") ? new Schedule.OnChange() : new Schedule.Manual();
  }
}
