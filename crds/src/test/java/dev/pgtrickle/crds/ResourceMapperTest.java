package dev.pgtrickle.crds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pgtrickle.crds.streamtable.StreamTableManifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceMapperTest {
  private static final String FULL =
      """
      {"apiVersion":"pgtrickle.dev/v1alpha1","kind":"StreamTable",\
      "metadata":{"name":"order-totals","namespace":"shop","labels":{"tier":"dashboard"},\
      "annotations":{"pgtrickle.dev/approve":"3fa9c1d20b77"},"uid":"8e5b"},\
      "spec":{"cluster":{"name":"pg-main"},"connection":{"secretRef":{"name":"pg"}},\
      "database":"app","table":{"schema":"public","name":"order_totals"},"owner":"app",\
      "credentials":{"secretRef":{"name":"x"},"sslMode":"verify-full",\
      "caRef":{"kind":"ConfigMap","name":"x","key":"ca.crt"}},"query":"SELECT 1",\
      "queryFrom":{"configMapKeyRef":{"name":"q","key":"query.sql"}},\
      "refresh":{"mode":"Immediate","fallback":"Allow"},"preset":"CostOptimized",\
      "schedulePolicyRef":{"name":"near-real-time"},\
      "schedule":{"every":"30s","cron":{"expression":"0 2 * * *","timeZone":"Europe/Berlin"},\
      "calculated":{},"onChange":{},"manual":{}},"tier":"Frozen","sla":{"maxStaleness":"60s"},\
      "capture":{"mode":"Wal","buffers":"Unlogged","wake":"Notify",\
      "allowAllTablesPublication":false},"consistency":{"group":"orders"},\
      "primaryKey":["customer_id"],\
      "indexes":[{"columns":["total"],"method":"spgist","unique":false}],\
      "grants":[{"role":"dashboard_ro","privileges":["SELECT"]}],"initialize":"OnSchedule",\
      "suspend":false,"onQueryChange":"AwaitApproval","approvedDefinition":"3fa9",\
      "driftPolicy":"Report","adoptionPolicy":"RenameExisting","deletionPolicy":"Orphan",\
      "bootstrap":{"snapshotRef":{"name":"s"}},\
      "limits":{"maxRows":50000000,"maxBytes":"20Gi","maxBufferedChanges":1000000,\
      "refreshTimeout":"10m","lockTimeout":"500ms","workMem":"64Mi","mergeBatchSize":50000}},\
      "status":{"observedGeneration":4,"anything":[1]}}\
      """;

  private final JsonMapper mapper = ResourceMapper.create();

  @Test
  void everyFieldOfTheApiSurvivesReadingAndWriting() throws JsonProcessingException {
    assertThat(mapper.writeValueAsString(mapper.readValue(FULL, StreamTableManifest.class)))
        .isEqualTo(FULL);
  }

  @Test
  void whatTheUserDidNotSayIsNotWritten() throws JsonProcessingException {
    String text = "{\"kind\":\"StreamTable\",\"spec\":{\"database\":\"app\"}}";
    assertThat(mapper.writeValueAsString(mapper.readValue(text, StreamTableManifest.class)))
        .isEqualTo(text);
  }

  @Test
  void aSizeMayBeANumber() throws JsonProcessingException {
    StreamTableManifest table =
        mapper.readValue(
            "{\"spec\":{\"limits\":{\"workMem\":1048576}}}", StreamTableManifest.class);
    assertThat(table.spec().limits().workMem().text()).isEqualTo("1048576");
  }

  @Test
  void anUnknownFieldIsAnError() {
    assertThatThrownBy(() -> mapper.readValue("{\"spec\":{\"x\":1}}", StreamTableManifest.class))
        .isInstanceOf(UnrecognizedPropertyException.class);
  }

  @Test
  void whatAnApiServerAddsToTheMetadataIsAccepted() throws JsonProcessingException {
    StreamTableManifest table =
        mapper.readValue(
            "{\"metadata\":{\"name\":\"a\",\"generation\":4,\"managedFields\":[{}]}}",
            StreamTableManifest.class);
    assertThat(table.metadata().name()).isEqualTo("a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"spec\":{\"database\":1}}",
        "{\"spec\":{\"database\":true}}",
        "{\"spec\":{\"suspend\":\"true\"}}",
        "{\"spec\":{\"suspend\":1}}",
        "{\"spec\":{\"tier\":\"HOT\"}}",
        "{\"spec\":{\"tier\":0}}",
        "{\"spec\":{\"tier\":\"\"}}",
        "{\"spec\":{\"table\":\"\"}}",
        "{\"spec\":{\"primaryKey\":[null]}}",
        "{\"spec\":{\"primaryKey\":\"a\"}}",
        "{\"spec\":{\"limits\":{\"maxRows\":\"1\"}}}",
        "{\"spec\":{\"limits\":{\"maxRows\":1.5}}}",
        "{\"spec\":{\"limits\":{\"maxBytes\":true}}}"
      })
  void noValueIsBentIntoAnotherType(String text) {
    assertThatThrownBy(() -> mapper.readValue(text, StreamTableManifest.class))
        .isInstanceOf(JsonMappingException.class);
  }
}
