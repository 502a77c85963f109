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
    /** Nothing of the resource is there any more. */
    record Released(String what) implements Result {}

    record InProgress() implements Result {}

    /** Objects of others read the relation. */
    record Blocked(String dependants) implements Result {}

    /** The engine could not be asked. */
    record Failed(String why) implements Result {}
  }

  Result release(Whereabouts where, DeletionPolicy policy, DatabaseStanding.Served served) {
    ReleaseOrder order =
        successor(where)
            .<ReleaseOrder>map(ReleaseOrder.HandOver::new)
            .orElseGet(() -> new ReleaseOrder.By(policy(policy)));
    try {
      ReleaseOutcome outcome = served.engine().release(where.relation(), where.origin(), order);
      engines.look(where.database());
      return switch (outcome) {
        case ReleaseOutcome.Done done -> new Result.Released(words(order));
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

  private static String words(ReleaseOrder order) {
    return switch (order) {
      case ReleaseOrder.HandOver handOver -> "handed over to " + handOver.to();
      case ReleaseOrder.By by ->
          switch (by.policy()) {
            case RETAIN -> "released; the relation stays as it is";
            case DELETE -> "dropped";
            case ORPHAN -> "released; capture goes on for a day";
          };
    };
  }

  private static dev.pgtrickle.engine.definition.DeletionPolicy policy(DeletionPolicy policy) {
    return switch (policy) {
      case RETAIN -> dev.pgtrickle.engine.definition.DeletionPolicy.RETAIN;
      case DELETE -> dev.pgtrickle.engine.definition.DeletionPolicy.DELETE;
      case ORPHAN -> dev.pgtrickle.engine.definition.DeletionPolicy.ORPHAN;
    };
  }
}
