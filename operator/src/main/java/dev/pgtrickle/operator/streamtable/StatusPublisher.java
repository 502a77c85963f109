package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.crds.streamtable.StreamTableStatus;
import dev.pgtrickle.operator.status.StatusApply;
import dev.pgtrickle.operator.status.WriteBudget;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;

/** Writes a status where that is due, by server-side apply under a field manager of its own. */
final class StatusPublisher {
  private static final double FIGURES_A_SECOND = 10;

  private final StatusApply apply;
  private final StatusBook book;
  private final StatusWrites writes = new StatusWrites();
  private final WriteBudget budget;

  StatusPublisher(KubernetesClient client, StatusBook book, Instant now) {
    this.apply = new StatusApply(client);
    this.book = book;
    this.budget = new WriteBudget(FIGURES_A_SECOND, now);
  }

  /** Whether it was written. */
  boolean publish(Facts facts, StreamTableStatus status) {
    StreamTable resource = facts.resource();
    boolean due =
        switch (writes.decide(facts.previous(), status, book.writtenAt(resource), facts.now())) {
          case NOT -> false;
          case FIGURES -> budget.take(facts.now());
          case AT_ONCE -> true;
        };
    if (due) {
      apply.write(onlyStatus(resource, status));
      book.written(resource, status, facts.now());
    }
    return due;
  }

  /** A fresh object: with server-side apply, what is in it is what we own. */
  private static StreamTable onlyStatus(StreamTable resource, StreamTableStatus status) {
    StreamTable fresh = new StreamTable();
    fresh.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(resource.getMetadata().getNamespace())
            .withName(resource.getMetadata().getName())
            .build());
    fresh.setStatus(status);
    return fresh;
  }
}
