package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.binding.BoundStreamTable;
import dev.pgtrickle.cnpg.connection.ConnectionRequest;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.lifecycle.ApplyOutcome;
import dev.pgtrickle.engine.lifecycle.Owners;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import dev.pgtrickle.operator.database.DatabaseEngines;
import dev.pgtrickle.operator.database.DatabaseKey;
import dev.pgtrickle.operator.database.DatabaseStanding;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Does what is to be done: gives the definition to the engine where it has not been given yet, and
 * passes a request on. Takes as long as an analysis; loads and refreshes are the engine's.
 */
final class Actor {
  private final DatabaseEngines engines;
  private final Function<Whereabouts, Owners> owners;
  private final GivenDefinitions given;
  private final AnswerListener listener;
  private final Clock clock;
  private final RefreshRequests requests = new RefreshRequests();

  /** Hears of each new answer, once. */
  @FunctionalInterface
  interface AnswerListener {
    void answered(Facts facts, Whereabouts where, Answer answer);
  }

  Actor(
      DatabaseEngines engines,
      Function<Whereabouts, Owners> owners,
      GivenDefinitions given,
      AnswerListener listener,
      Clock clock) {
    this.engines = engines;
    this.owners = owners;
    this.given = given;
    this.listener = listener;
    this.clock = clock;
  }

  Progress act(Facts facts, Whereabouts where, BoundStreamTable table) {
    StreamTableDefinition definition = owned(table.definition(), where);
    DatabaseKey key = where.database();
    DatabaseStanding standing = join(facts, where);
    if (!(standing instanceof DatabaseStanding.Served served)) {
      return new Progress(
          Optional.of(standing), Optional.empty(), Optional.empty(), new Relay.Nothing());
    }
    Answer answer = answer(facts, where, definition, served);
    Optional<StreamTableReport> report =
        engines
            .report(
                key,
                definition.relation(),
                given.at(facts.resource().getMetadata().getUid()).orElse(facts.now()))
            .filter(read -> isOurs(read, definition));
    return new Progress(
        Optional.of(standing),
        Optional.of(answer),
        report,
        isHeld(answer) ? passOn(facts, key, definition, served, report) : new Relay.Nothing());
  }

  /** Keeps the database served for a resource whose definition is not looked at now. */
  DatabaseStanding join(Facts facts, Whereabouts where) {
    return engines.join(where.database(), where.table(), where.relation(), request(facts, where));
  }

  /** A database that follows another one is looked at, and never worked in. */
  Progress lookAtReplica(Facts facts, Whereabouts where) {
    return engines.isReadable(where.database(), where.relation(), request(facts, where))
        ? Progress.readable()
        : Progress.none();
  }

  private Answer answer(
      Facts facts,
      Whereabouts where,
      StreamTableDefinition definition,
      DatabaseStanding.Served served) {
    String uid = facts.resource().getMetadata().getUid();
    Optional<Answer> known = given.answer(uid, definition, served.incarnation(), facts.now());
    boolean handedOver =
        known.filter(answer -> !isHeld(answer)).isPresent()
            && engines
                .report(where.database(), definition.relation(), Instant.EPOCH)
                .filter(read -> isOurs(read, definition))
                .isPresent();
    if (known.isPresent() && !handedOver) {
      return known.get();
    }
    Answer answer;
    try {
      answer = new Answer.Decided(served.engine().apply(definition, owners.apply(where)));
    } catch (TrickleException failure) {
      answer = GivenDefinitions.of(failure);
    }
    given.remember(uid, definition, served.incarnation(), answer, clock.instant());
    listener.answered(facts, where, answer);
    engines.look(where.database());
    return answer;
  }

  /** A request that was not passed on yet; the engine knows by its token whether it was. */
  private Relay passOn(
      Facts facts,
      DatabaseKey key,
      StreamTableDefinition definition,
      DatabaseStanding.Served served,
      Optional<StreamTableReport> report) {
    Optional<RefreshWish> wish =
        requests.due(
            facts.marks().refresh(),
            Optional.ofNullable(facts.previous().refreshRequest()),
            report);
    if (wish.isEmpty()) {
      return new Relay.Nothing();
    }
    try {
      served.engine().request(definition.relation(), wish.get().mode(), wish.get().token());
      engines.look(key);
      return new Relay.Accepted(wish.get());
    } catch (TrickleException failure) {
      // The table is not there yet, or the database went.
      return new Relay.Failed();
    }
  }

  private static boolean isHeld(Answer answer) {
    return answer instanceof Answer.Decided decided
        && decided.outcome().claim() == ApplyOutcome.Claim.HELD;
  }

  /** What is reported of a relation that somebody else has is none of this resource's business. */
  private static boolean isOurs(StreamTableReport report, StreamTableDefinition definition) {
    return report.life().owner().equals(definition.origin());
  }

  private static ConnectionRequest request(Facts facts, Whereabouts where) {
    return facts
        .cluster()
        .flatMap(cluster -> cluster.view())
        .<ConnectionRequest>map(view ->
            new ConnectionRequest.ToCluster(
                view,
                where.database().database(),
                Optional.ofNullable(facts.resource().getSpec().credentials())))
        .orElseGet(() ->
            new ConnectionRequest.ToServer(
                where.table().namespace(),
                where.database().serverName(),
                where.database().database()));
  }

  /** The binding does not know in which Kubernetes it is. */
  private static StreamTableDefinition owned(StreamTableDefinition bound, Whereabouts where) {
    return bound.ownedBy(where.origin());
  }
}
