package dev.pgtrickle.operator.streamtable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.crds.EventReason;
import dev.pgtrickle.crds.streamtable.DeletionPolicy;
import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.crds.streamtable.StreamTableCondition;
import dev.pgtrickle.crds.streamtable.StreamTableReason;
import dev.pgtrickle.crds.streamtable.StreamTableStatus;
import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.operator.event.EventNote;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FarewellsTest {
  private final Farewells farewells = new Farewells();

  @ParameterizedTest
  @CsvSource({"RETAIN, RELEASED", "DELETE, DROPPED", "ORPHAN, RELEASED"})
  void whatWasDoneIsTold(DeletionPolicy policy, EventReason reason) {
    Facts facts = facts(policy, StreamTableStatus.empty());
    assertThat(farewells.released(facts, where(facts)).reason()).isEqualTo(reason);
  }

  @Test
  void whoTakesOverIsNamed() {
    Facts facts = facts(DeletionPolicy.DELETE, StreamTableStatus.empty());
    EventNote note =
        farewells.handedOver(where(facts), new Origin("k", "shop", "successor", "uid-2"));
    assertThat(note.reason()).isEqualTo(EventReason.OWNERSHIP_TRANSFERRED);
    assertThat(note.message()).isEqualTo("public.order_totals was handed over to shop/successor");
  }

  @ParameterizedTest
  @EnumSource(DeletionPolicy.class)
  void whoNeverHadItDidNothingToIt(DeletionPolicy policy) {
    StreamTableStatus lost =
        said(StreamTableReason.CONFLICT, StreamTableCondition.STALLED, StreamTableReason.CONFLICT);
    StreamTableStatus waited =
        said(
            StreamTableReason.DELETING,
            StreamTableCondition.RECONCILING,
            StreamTableReason.WAITING_FOR_DATABASE);
    StreamTableStatus changing =
        said(
            StreamTableReason.REBUILDING,
            StreamTableCondition.RECONCILING,
            Farewells.BEING_RELEASED);
    for (StreamTableStatus status :
        new StreamTableStatus[] {StreamTableStatus.empty(), lost, waited, changing}) {
      Facts facts = facts(policy, status);
      assertThat(farewells.nothingHeld(facts, where(facts))).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(DeletionPolicy.class)
  void whatWasSeenToBeginHasEnded(DeletionPolicy policy) {
    Facts facts =
        facts(
            policy,
            said(
                StreamTableReason.DELETING,
                StreamTableCondition.RECONCILING,
                Farewells.BEING_RELEASED));
    assertThat(farewells.nothingHeld(facts, where(facts)))
        .isEqualTo(Optional.of(farewells.released(facts, where(facts))));
  }

  @Test
  void whatDelaysAReleaseDoesNotTakeBackThatItBegan() {
    StreamTableStatus begun =
        said(
            StreamTableReason.DELETING, StreamTableCondition.RECONCILING, Farewells.BEING_RELEASED);
    assertThat(farewells.delayed(facts(DeletionPolicy.DELETE, begun), StreamTableReason.RETRYING))
        .isEqualTo(Farewells.BEING_RELEASED);
    assertThat(
            farewells.delayed(
                facts(DeletionPolicy.DELETE, StreamTableStatus.empty()),
                StreamTableReason.RETRYING))
        .isEqualTo(StreamTableReason.RETRYING);
  }

  private static Whereabouts where(Facts facts) {
    return facts.where().orElseThrow();
  }

  private static Facts facts(DeletionPolicy policy, StreamTableStatus previous) {
    Facts sample = SampleFacts.facts(previous);
    StreamTable resource =
        new KubernetesSerialization()
            .unmarshal(
                """
                apiVersion: pgtrickle.dev/v1alpha1
                kind: StreamTable
                metadata: {name: order-totals, namespace: shop}
                spec: {deletionPolicy: %s}
                """
                    .formatted(dev.pgtrickle.crds.Word.of(policy.name())),
                StreamTable.class);
    return new Facts(
        resource,
        sample.previous(),
        sample.marks(),
        sample.where(),
        sample.bound(),
        sample.cluster(),
        sample.now());
  }

  private static StreamTableStatus said(
      StreamTableReason ready, StreamTableCondition more, StreamTableReason why) {
    ConditionDraft draft = new ConditionDraft(4L, Reports.NOW);
    draft.isFalse(StreamTableCondition.READY, ready, "");
    draft.isTrue(more, why, "");
    return new StreamTableStatus(
        4L, null, null, null, null, null, null, null, null, null, null, draft.conditions().all());
  }
}
