package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.cnpg.cluster.Cluster;
import dev.pgtrickle.cnpg.cluster.ClusterView;
import dev.pgtrickle.cnpg.primary.PrimaryState;
import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.crds.streamtable.StreamTableStatus;
import dev.pgtrickle.operator.cluster.ClusterStanding;
import dev.pgtrickle.operator.cluster.ClusterWatch;
import dev.pgtrickle.operator.configuration.KubernetesIdentity;
import dev.pgtrickle.operator.database.DatabaseEngines;
import dev.pgtrickle.operator.database.DatabaseStanding;
import dev.pgtrickle.operator.event.EventPublisher;
import dev.pgtrickle.operator.event.EventSubject;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Observe, decide, act, report: for a resource that is wanted and for one that is leaving. */
@Singleton
public final class StreamTableSteps {
  private final DatabaseEngines engines;
  private final EventPublisher events;
  private final TableNews news;
  private final StatusBook book = new StatusBook();
  private final GivenDefinitions given = new GivenDefinitions();
  private final Observer observer;
  private final Actor actor;
  private final StatusPublisher publisher;
  private final Leaving leaving;
  private final Verdicts verdicts = new Verdicts();
  private final StatusAuthor author = new StatusAuthor();
  private final EventAuthor eventAuthor = new EventAuthor();
  private final FailoverHold hold = new FailoverHold();
  private final Pace pace = new Pace(new Random());

  StreamTableSteps(
      KubernetesClient client,
      KubernetesIdentity kubernetes,
      ClusterWatch clusters,
      DatabaseEngines engines,
      EventPublisher events,
      TableNews news,
      Clock clock) {
    this.engines = engines;
    this.events = events;
    this.news = news;
    this.observer = new Observer(clusters, book, kubernetes, clock);
    this.actor =
        new Actor(engines, new KnownOwners(client, kubernetes)::of, given, this::answered, clock);
    this.publisher = new StatusPublisher(client, book, clock.instant());
    this.leaving =
        new Leaving(actor, engines, new Leaver(engines, client, kubernetes), publisher, events);
  }

  /** When to look again. */
  Duration reconcile(StreamTable resource, @Nullable Cluster cluster) {
    Facts facts = observer.observe(resource, cluster);
    facts.where().ifPresent(where -> news.knows(where.table(), EventSubject.of(resource)));
    Gate gate = Gate.of(facts);
    Progress progress = act(facts, gate);
    if (gate instanceof Gate.HandsOff) {
      return pace.after(gate, progress, Optional.empty(), facts.now());
    }
    Verdict verdict = verdicts.of(facts, gate, progress);
    Optional<Instant> held = hold.until(verdict, facts);
    if (held.isEmpty()) {
      report(facts, gate, progress, verdict);
    }
    return pace.after(gate, progress, held, facts.now());
  }

  /** When to look again; empty = the object may go. */
  Optional<Duration> leave(StreamTable resource, @Nullable Cluster cluster) {
    Facts facts = observer.observe(resource, cluster);
    Optional<Duration> again = leaving.leave(facts);
    if (again.isEmpty()) {
      facts.where().ifPresent(where -> forget(where, resource.getMetadata().getUid()));
    }
    return again;
  }

  private Progress act(Facts facts, Gate gate) {
    if (facts.where().isEmpty()) {
      return Progress.none();
    }
    Whereabouts where = facts.where().get();
    return switch (gate) {
      case Gate.Open open -> {
        reopenWhenReplaced(facts, where);
        yield actor.act(facts, where, open.table());
      }
      // What was accepted before goes on, whatever is wrong with what is asked for now.
      case Gate.Refused refused -> keepServed(facts, where);
      case Gate.HandsOff handsOff -> keepServed(facts, where);
      case Gate.Settling settling -> Progress.none();
      case Gate.Away away ->
          switch (away.primary().trouble()) {
            case CLUSTER_NOT_FOUND -> {
              engines.abandon(where.database());
              yield Progress.none();
            }
            case REPLICA_CLUSTER -> actor.lookAtReplica(facts, where);
            case CLUSTER_NOT_READY, FAILOVER_IN_PROGRESS, HIBERNATED, FENCED -> Progress.none();
          };
    };
  }

  private Progress keepServed(Facts facts, Whereabouts where) {
    boolean claimed = facts.previous().database() != null;
    boolean reachable =
        facts
            .cluster()
            .map(cluster -> cluster.primary() instanceof PrimaryState.Settled)
            .orElse(true);
    if (claimed && reachable) {
      actor.join(facts, where);
    }
    return Progress.none();
  }

  /** A Cluster that was deleted and created again is another server under the same name. */
  private void reopenWhenReplaced(Facts facts, Whereabouts where) {
    Optional<String> shown =
        facts.cluster().flatMap(ClusterStanding::view).flatMap(ClusterView::systemId);
    if (engines.standing(where.database()).orElse(null) instanceof DatabaseStanding.Served served
        && shown.filter(id -> !id.equals(served.identity().systemId())).isPresent()) {
      engines.reopen(where.database());
    }
  }

  private void report(Facts facts, Gate gate, Progress progress, Verdict verdict) {
    StreamTableStatus before = facts.previous();
    StreamTableStatus status = author.write(verdict, facts, gate, progress);
    if (publisher.publish(facts, status)) {
      EventSubject subject = EventSubject.of(facts.resource());
      eventAuthor.ofChange(before, status).forEach(note -> events.tell(subject, note));
    }
  }

  private void answered(Facts facts, Whereabouts where, Answer answer) {
    EventSubject subject = EventSubject.of(facts.resource());
    eventAuthor
        .ofAnswer(answer, where.relation().toString())
        .forEach(note -> events.tell(subject, note));
  }

  private void forget(Whereabouts where, String uid) {
    engines.leave(where.table());
    news.forgets(where.table());
    book.forget(uid);
    given.forget(uid);
    events.forget(uid);
  }
}
