package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.crds.streamtable.DeletionPolicy;
import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.lifecycle.ReleaseOrder;
import dev.pgtrickle.engine.lifecycle.ReleaseOutcome;
import dev.pgtrickle.operator.configuration.KubernetesIdentity;
import dev.pgtrickle.operator.database.DatabaseEngines;
import dev.pgtrickle.operator.database.DatabaseStanding;
import dev.pgtrickle.operator.database.TableId;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Comparator;
import java.util.Optional;

/** Releases the relation of a resource that is being deleted. */
final class Leaver {
  private final DatabaseEngines engines;
  private final KubernetesClient client;
  private final KubernetesIdentity kubernetes;

  Leaver(DatabaseEngines engines, KubernetesClient client, KubernetesIdentity kubernetes) {
    this.engines = engines;
    this.client = client;
    this.kubernetes = kubernetes;
  }

  /** What came of asking the engine. */
  sealed interface Result {
    /** The resource has left the relation. */
    record Released() implements Result {}

    record HandedOver(Origin to) implements Result {}

    /** It never had the relation, or what was begun earlier has come to its end. */
    record NothingHeld() implements Result {}

    record InProgress() implements Result {}

    /** Objects of others read the relation. */
    record Blocked(String dependants) implements Result {}

    /** The engine could not be asked. */
    record Failed(String why) implements Result {}
  }

  Result release(Whereabouts where, DeletionPolicy policy, DatabaseStanding.Served served) {
    Optional<Origin> successor = successor(where);
    ReleaseOrder order =
        successor
            .<ReleaseOrder>map(ReleaseOrder.HandOver::new)
            .orElseGet(() -> new ReleaseOrder.By(policy(policy)));
    try {
      ReleaseOutcome outcome = served.engine().release(where.relation(), where.origin(), order);
      engines.look(where.database());
      return switch (outcome) {
        case ReleaseOutcome.Done done -> new Result.Released();
        case ReleaseOutcome.HandedOver handedOver -> new Result.HandedOver(successor.orElseThrow());
        case ReleaseOutcome.NothingHeld nothing -> new Result.NothingHeld();
        case ReleaseOutcome.InProgress progress -> new Result.InProgress();
        case ReleaseOutcome.Blocked blocked ->
            new Result.Blocked(String.join(", ", blocked.dependants()));
      };
    } catch (TrickleException failure) {
      return new Result.Failed(failure.what());
    }
  }

  /** Another resource that waits for the same relation, the oldest first. */
  private Optional<Origin> successor(Whereabouts where) {
    return engines.claimants(where.database(), where.relation()).stream()
        .filter(table -> !table.equals(where.table()))
        .map(this::living)
        .flatMap(Optional::stream)
        .min(Comparator.comparing(table -> table.getMetadata().getCreationTimestamp()))
        .map(table ->
            new Origin(
                kubernetes.uid(),
                table.getMetadata().getNamespace(),
                table.getMetadata().getName(),
                table.getMetadata().getUid()));
  }

  private Optional<StreamTable> living(TableId id) {
    return Optional.ofNullable(
            client
                .resources(StreamTable.class)
                .inNamespace(id.namespace())
                .withName(id.name())
                .get())
        .filter(table -> table.getMetadata().getDeletionTimestamp() == null);
  }

  private static dev.pgtrickle.engine.definition.DeletionPolicy policy(DeletionPolicy policy) {
    return switch (policy) {
      case RETAIN -> dev.pgtrickle.engine.definition.DeletionPolicy.RETAIN;
      case DELETE -> dev.pgtrickle.engine.definition.DeletionPolicy.DELETE;
      case ORPHAN -> dev.pgtrickle.engine.definition.DeletionPolicy.ORPHAN;
    };
  }
}
