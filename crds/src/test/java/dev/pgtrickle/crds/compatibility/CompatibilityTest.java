package dev.pgtrickle.crds.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgtrickle.crds.generate.DefinitionFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Today's definitions against those of the last release, which a release replaces. */
class CompatibilityTest {
  private static final Path BASELINE = Path.of("src/test/resources/last-release");

  static List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(BASELINE)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void objectsOfTheLastReleaseStayValid(String file) throws IOException {
    assertThat(
            SchemaComparison.violations(
                DefinitionFiles.read(BASELINE.resolve(file)),
                DefinitionFiles.read(DefinitionFiles.FOLDER.resolve(file))))
        .isEmpty();
  }

  @Test
  void everyKindHasABaseline() throws IOException {
    try (Stream<Path> today = Files.list(DefinitionFiles.FOLDER)) {
      assertThat(files())
          .containsExactlyInAnyOrderElementsOf(
              today.map(file -> file.getFileName().toString()).toList());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /properties/spec/properties/tier                                | null                   | spec.tier: removed
          /properties/status/properties/relation                          | null                   | status.relation: removed
          /properties/spec/properties/suspend/type                        | "string"               | spec.suspend: type was "boolean" and is "string"
          /properties/spec/properties/limits/properties/maxRows/format    | "int32"                | spec.limits.maxRows: format was "int64" and is "int32"
          /properties/spec/required                                       | ["database", "owner"]  | spec: owner is required now
          /properties/spec/properties/tier/enum                           | ["Hot","Warm","Cold"]  | spec.tier: the word Frozen is gone
          /properties/spec/properties/owner/enum                          | ["app"]                | spec.owner: only certain words are allowed now
          /properties/spec/properties/suspend/default                     | true                   | spec.suspend: default was false and is true
          /properties/spec/properties/suspend/default                     | null                   | spec.suspend: default was false and is absent
          /properties/spec/properties/tier/default                        | "Hot"                  | spec.tier: default was absent and is "Hot"
          /properties/spec/properties/primaryKey/x-kubernetes-list-type   | "set"                  | spec.primaryKey: x-kubernetes-list-type was "atomic" and is "set"
          /properties/spec/properties/grants/x-kubernetes-list-map-keys   | ["role","privileges"]  | spec.grants: x-kubernetes-list-map-keys was ["role"] and is ["role","privileges"]
          /properties/spec/properties/schedule/x-kubernetes-map-type      | null                   | spec.schedule: x-kubernetes-map-type was "atomic" and is absent
          /properties/spec/properties/query/maxLength                     | 1000                   | spec.query: maxLength is narrower
          /properties/spec/properties/limits/properties/maxRows/minimum   | 2                      | spec.limits.maxRows: minimum is narrower
          /properties/spec/properties/limits/properties/maxRows/maximum   | 9                      | spec.limits.maxRows: maximum is narrower
          /properties/spec/properties/indexes/items/properties/columns/maxItems | 8                | spec.indexes[].columns: maxItems is narrower
          /properties/spec/properties/sla/x-kubernetes-validations        | [{"rule": "false"}]    | spec.sla: new rule false
          """)
  void aPlantedViolationIsSeen(String pointer, String value, String violation) throws IOException {
    JsonNode before = streamTable();
    JsonNode after = before.deepCopy();
    plant(after.at("/spec/versions/0/schema/openAPIV3Schema"), pointer, value);
    assertThat(SchemaComparison.violations(before, after)).containsExactly(violation);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /properties/spec/properties/added            | {"type": "string"}
          /properties/spec/properties/tier/enum        | ["Hot","Warm","Cold","Frozen","Icy"]
          /properties/spec/properties/query/maxLength  | 100000
          /properties/spec/properties/query/description | "other words"
          /properties/spec/x-kubernetes-validations    | []
          """)
  void whatIsLooserIsNoViolation(String pointer, String value) throws IOException {
    JsonNode before = streamTable();
    JsonNode after = before.deepCopy();
    plant(after.at("/spec/versions/0/schema/openAPIV3Schema"), pointer, value);
    assertThat(SchemaComparison.violations(before, after)).isEmpty();
  }

  @Test
  void aNameAVersionAndASelectableFieldStay() throws IOException {
    JsonNode before = streamTable();
    JsonNode after = before.deepCopy();
    ((ObjectNode) after.at("/spec/names")).put("plural", "tables");
    ((ObjectNode) after.at("/spec/versions/0")).remove("selectableFields");
    assertThat(SchemaComparison.violations(before, after))
        .containsExactly(
            "names: changed",
            ".spec.cluster.name: no longer selectable",
            ".spec.database: no longer selectable");
    ((ObjectNode) after.at("/spec/versions/0")).put("served", false);
    assertThat(SchemaComparison.violations(before, after))
        .containsExactly("names: changed", "version v1alpha1: no longer served");
  }

  private static JsonNode streamTable() throws IOException {
    return DefinitionFiles.read(DefinitionFiles.file("streamtables"));
  }

  private static void plant(JsonNode schema, String pointer, String value)
      throws JsonProcessingException {
    int last = pointer.lastIndexOf('/');
    ObjectNode holder = (ObjectNode) schema.at(pointer.substring(0, last));
    String field = pointer.substring(last + 1);
    if (value.equals("null")) {
      holder.remove(field);
    } else {
      holder.set(field, JsonMapper.builder().build().readTree(value));
    }
  }
}
