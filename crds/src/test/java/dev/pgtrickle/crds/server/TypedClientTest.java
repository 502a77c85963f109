package dev.pgtrickle.crds.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgtrickle.crds.FieldManagers;
import dev.pgtrickle.crds.Timestamp;
import dev.pgtrickle.crds.condition.Condition;
import dev.pgtrickle.crds.condition.Conditions;
import dev.pgtrickle.crds.restore.Restore;
import dev.pgtrickle.crds.schedulepolicy.SchedulePolicy;
import dev.pgtrickle.crds.snapshot.Snapshot;
import dev.pgtrickle.crds.streamtable.FreshnessStatus;
import dev.pgtrickle.crds.streamtable.PlanStatus;
import dev.pgtrickle.crds.streamtable.ScheduleSource;
import dev.pgtrickle.crds.streamtable.ScheduleStatus;
import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.crds.streamtable.StreamTableCondition;
import dev.pgtrickle.crds.streamtable.StreamTableReason;
import dev.pgtrickle.crds.streamtable.StreamTableStatus;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Kubernetes client reads and writes our types without losing a word. */
class TypedClientTest {
  private static final Map<String, Class<? extends CustomResource<?, ?>>> KINDS =
      Map.of(
          StreamTable.KIND, StreamTable.class,
          SchedulePolicy.KIND, SchedulePolicy.class,
          Snapshot.KIND, Snapshot.class,
          Restore.KIND, Restore.class);
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private final JsonMapper mapper = JsonMapper.builder().build();
  private Server server;

  @BeforeEach
  void start() {
    server = Server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  static List<Sample> samples() {
    return Sample.in("valid")
        .filter(sample -> !sample.name().equals("nulls.yaml"))
        .filter(sample -> !sample.name().equals("empty-lists.yaml"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aSpecSurvivesReadingAndWriting(Sample sample) throws JsonProcessingException {
    JsonNode stored = server.create(sample.objects().getFirst());
    CustomResource<?, ?> typed = read(stored);
    ObjectNode expected = (ObjectNode) stored.path("spec").deepCopy();
    // Empty is the same as absent here.
    expected.remove("approvedDefinition");
    // A size may be a number in YAML; we write it as text, which the server takes for the same.
    expected.path("limits").properties().forEach(TypedClientTest::sizeAsText);
    assertThat(
            mapper.readTree(
                io.fabric8.kubernetes.client.utils.Serialization.asJson(typed.getSpec())))
        .isEqualTo(expected);
  }

  private static void sizeAsText(Map.Entry<String, JsonNode> limit) {
    if (List.of("maxBytes", "workMem").contains(limit.getKey()) && limit.getValue().isNumber()) {
      limit.setValue(new com.fasterxml.jackson.databind.node.TextNode(limit.getValue().asText()));
    }
  }

  @Test
  void aStatusIsAppliedByItsOwnFieldManager() {
    server.create(sampleNamed("smallest.yaml"));
    StreamTable applied = apply(status(StreamTableReason.SERVING));

    assertThat(applied.getStatus()).isEqualTo(status(StreamTableReason.SERVING));
    assertThat(applied.getMetadata().getManagedFields())
        .extracting(ManagedFieldsEntry::getManager)
        .contains(FieldManagers.OPERATOR_STATUS);
    assertThat(apply(status(StreamTableReason.SUSPENDED)).getStatus().conditions())
        .extracting(Condition::reason)
        .containsExactly("Suspended");
    assertThat(apply(StreamTableStatus.empty()).getStatus().conditions()).isEmpty();
  }

  @Test
  void objectsAreListed() {
    server.create(sampleNamed("smallest.yaml"));
    KubernetesResourceList<StreamTable> list =
        server
            .namespace()
            .client()
            .resources(StreamTable.class)
            .inNamespace(server.namespace().name())
            .list();
    assertThat(list.getItems())
        .singleElement()
        .satisfies(table -> {
          assertThat(table.getSpec().database()).isEqualTo("app");
          assertThat(table.getStatus().observedGeneration()).isEqualTo(-1);
        });
  }

  private StreamTable apply(StreamTableStatus status) {
    StreamTable table = new StreamTable();
    table.setMetadata(
        new ObjectMetaBuilder()
            .withName("order-totals")
            .withNamespace(server.namespace().name())
            .build());
    table.setStatus(status);
    PatchContext context =
        new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(FieldManagers.OPERATOR_STATUS)
            .withForce(true)
            .build();
    return server.namespace().client().resource(table).subresource("status").patch(context);
  }

  private static StreamTableStatus status(StreamTableReason reason) {
    Conditions conditions =
        new Conditions(List.of(StreamTableCondition.READY.isTrue(reason, "", 1, NOW)));
    return new StreamTableStatus(
        1L,
        "public.order_totals",
        new PlanStatus(
            "Differential",
            "invertible",
            "algebraic",
            List.of("aggregate"),
            List.of("public.orders"),
            List.of(),
            "abc"),
        null,
        new ScheduleStatus(ScheduleSource.INLINE.word(), null, "Hot", "every 30s", null),
        new FreshnessStatus(Timestamp.of(NOW), "<=30s", null, null),
        null,
        null,
        0,
        null,
        null,
        conditions.all());
  }

  private static JsonNode sampleNamed(String name) {
    return Sample.in("valid")
        .filter(sample -> sample.name().equals(name))
        .findFirst()
        .orElseThrow()
        .objects()
        .getFirst();
  }

  private CustomResource<?, ?> read(JsonNode stored) {
    return server
        .namespace()
        .client()
        .resources(KINDS.get(stored.path("kind").asText()))
        .inNamespace(server.namespace().name())
        .withName(stored.path("metadata").path("name").asText())
        .get();
  }
}
