package dev.pgtrickle.crds.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The server writes exactly the allowed defaults into an object. One more would be persisted in
 * every object for ever and could not be told from the user's word.
 */
class SmallestObjectTest {
  private final JsonMapper mapper = JsonMapper.builder().build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          StreamTable    | {"cluster":{"name":"pg"},"database":"app","query":"SELECT 1"} | {"table":{"schema":"public"},"initialize":"OnCreate","suspend":false,"onQueryChange":"Apply","driftPolicy":"Repair","adoptionPolicy":"Never","deletionPolicy":"Retain"}
          SchedulePolicy | {}                           | {}
          Snapshot       | {"tables":[{"name":"a"}]}    | {"deletionPolicy":"Retain","backoffLimit":3}
          Restore        | {"snapshotRef":{"name":"a"}} | {"backoffLimit":2}
          """)
  void onlyTheAllowedDefaultsAreFilledIn(String kind, String spec, String defaults)
      throws JsonProcessingException {
    ObjectNode expected = (ObjectNode) mapper.readTree(spec);
    expected.setAll((ObjectNode) mapper.readTree(defaults));

    JsonNode stored = create(kind, spec);

    assertThat(stored.path("spec")).isEqualTo(expected);
    assertThat(stored.path("status")).isEqualTo(mapper.readTree("{\"observedGeneration\":-1}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"indexes":[{"columns":["a"]}]} | {"indexes":[{"columns":["a"],"method":"btree","unique":false}]}
          {"grants":[{"role":"a"}]}       | {"grants":[{"role":"a","privileges":["SELECT"]}]}
          {"refresh":{},"sla":{},"capture":{},"limits":{}} | {"refresh":{},"sla":{},"capture":{},"limits":{}}
          {"credentials":{"caRef":{"kind":"Secret","name":"a"}}} | {"credentials":{"caRef":{"kind":"Secret","name":"a"}}}
          {"schedule":{"cron":{"expression":"0 2 * * *"}}} | {"schedule":{"cron":{"expression":"0 2 * * *"}}}
          """)
  void nestedObjectsGetNoOthers(String written, String stored) throws JsonProcessingException {
    ObjectNode spec =
        (ObjectNode)
            mapper.readTree("{\"cluster\":{\"name\":\"pg\"},\"database\":\"a\",\"query\":\"b\"}");
    spec.setAll((ObjectNode) mapper.readTree(written));
    JsonNode object = create("StreamTable", spec.toString());
    mapper
        .readTree(stored)
        .properties()
        .forEach(field ->
            assertThat(object.path("spec").path(field.getKey())).isEqualTo(field.getValue()));
  }

  @ParameterizedTest
  @CsvSource({"StreamTable", "SchedulePolicy", "Snapshot", "Restore"})
  void aStatusWithoutAGenerationNeverLooksFinished(String kind) throws JsonProcessingException {
    String spec =
        switch (kind) {
          case "StreamTable" ->
              "{\"cluster\":{\"name\":\"pg\"},\"database\":\"a\",\"query\":\"b\"}";
          case "Snapshot" -> "{\"tables\":[{\"name\":\"a\"}]}";
          case "Restore" -> "{\"snapshotRef\":{\"name\":\"a\"}}";
          default -> "{}";
        };
    try (Server server = Server.start()) {
      ObjectNode object = (ObjectNode) server.create(object(kind, spec));
      object.putObject("status");
      assertThat(server.writeStatus(object).path("status").path("observedGeneration").asInt())
          .isEqualTo(-1);
    }
  }

  private JsonNode create(String kind, String spec) throws JsonProcessingException {
    try (Server server = Server.start()) {
      return server.create(object(kind, spec));
    }
  }

  private ObjectNode object(String kind, String spec) throws JsonProcessingException {
    ObjectNode object = mapper.createObjectNode();
    object.put("apiVersion", "pgtrickle.dev/v1alpha1").put("kind", kind);
    object.putObject("metadata").put("name", "smallest");
    object.set("spec", mapper.readTree(spec));
    return object;
  }
}
