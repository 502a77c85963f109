package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.crds.EventReason;
import dev.pgtrickle.crds.condition.Conditions;
import dev.pgtrickle.crds.streamtable.StreamTableCondition;
import dev.pgtrickle.crds.streamtable.StreamTableReason;
import dev.pgtrickle.crds.streamtable.StreamTableStatus;
import dev.pgtrickle.operator.database.DatabaseEngines;
import dev.pgtrickle.operator.database.DatabaseStanding;
import dev.pgtrickle.operator.event.EventNote;
import dev.pgtrickle.operator.event.EventPublisher;
import dev.pgtrickle.operator.event.EventSubject;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of a resource that is being deleted. */
final class Leaving {
  private static final Logger LOG = LoggerFactory.getLogger(Leaving.class);
  private static final Duration SOON = Duration.ofMillis(500);
  private static final Duration BLOCKED = Duration.ofSeconds(10);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

  private final Actor actor;
  private final DatabaseEngines engines;
  private final Leaver leaver;
  private final StatusPublisher publisher;
  private final EventPublisher events;
  private final Circumstances circumstances = new Circumstances();
  private final Farewells farewells = new Farewells();
  private final DepartureRule rule = new DepartureRule();

  Leaving(
      Actor actor,
      DatabaseEngines engines,
      Leaver leaver,
      StatusPublisher publisher,
      EventPublisher events) {
    this.actor = actor;
    this.engines = engines;
    this.leaver = leaver;
    this.publisher = publisher;
    this.events = events;
  }

  /** When to look again; empty = the object may go. */
  Optional<Duration> leave(Facts facts) {
    if (facts.where().isEmpty()) {
      return Optional.empty();
    }
    Whereabouts where = facts.where().get();
    Optional<DatabaseStanding> standing = standing(facts, where);
    return switch (rule.decide(circumstances.known(facts, standing))) {
      case Departure.Go go -> {
        if (go.told() == Departure.Told.CLEANUP_SKIPPED) {
          skipped(facts, where, go.message());
        }
        yield Optional.empty();
      }
      case Departure.Wait wait -> {
        delayed(facts, StreamTableReason.WAITING_FOR_DATABASE, why(wait, standing));
        yield Optional.of(pause(facts));
      }
      case Departure.Release release ->
          standing.orElse(null) instanceof DatabaseStanding.Served served
              ? release(facts, where, served)
              : Optional.of(SOON);
    };
  }

  private Optional<Duration> release(
      Facts facts, Whereabouts where, DatabaseStanding.Served served) {
    return switch (leaver.release(where, Circumstances.policy(facts), served)) {
      case Leaver.Result.Released released ->
          over(facts, Optional.of(farewells.released(facts, where)));
      case Leaver.Result.HandedOver handedOver ->
          over(facts, Optional.of(farewells.handedOver(where, handedOver.to())));
      case Leaver.Result.NothingHeld nothing -> over(facts, farewells.nothingHeld(facts, where));
      case Leaver.Result.InProgress progress -> {
        say(facts, Optional.empty(), Farewells.BEING_RELEASED, "the relation is being released");
        yield Optional.of(SOON);
      }
      case Leaver.Result.Blocked blocked -> {
        say(
            facts,
            Optional.of(StreamTableReason.DEPENDANTS_EXIST),
            StreamTableReason.REBUILDING,
            "other objects read the relation: " + blocked.dependants());
        yield Optional.of(BLOCKED);
      }
      case Leaver.Result.Failed failed -> {
        delayed(facts, StreamTableReason.RETRYING, failed.why());
        yield Optional.of(SHORTEST_WAIT);
      }
    };
  }

  private Optional<DatabaseStanding> standing(Facts facts, Whereabouts where) {
    return circumstances.standing(
        facts, engines.standing(where.database()), () -> actor.join(facts, where));
  }

  private static Duration pause(Facts facts) {
    Duration waited = Duration.between(Circumstances.deletedAt(facts), facts.now()).dividedBy(4);
    if (waited.compareTo(SHORTEST_WAIT) < 0) {
      return SHORTEST_WAIT;
    }
    return waited.compareTo(LONGEST_WAIT) < 0 ? waited : LONGEST_WAIT;
  }

  private static String why(Departure.Wait wait, Optional<DatabaseStanding> standing) {
    return standing.orElse(null) instanceof DatabaseStanding.Troubled troubled
        ? "%s: %s; %s"
            .formatted(wait.message(), troubled.trouble().message(), troubled.trouble().remedy())
        : wait.message();
  }

  private Optional<Duration> over(Facts facts, Optional<EventNote> farewell) {
    farewell.ifPresent(note -> events.tell(EventSubject.of(facts.resource()), note));
    return Optional.empty();
  }

  private void skipped(Facts facts, Whereabouts where, String why) {
    LOG.warn(
        "{}/{} goes, and {} stays as it is in {}: {}",
        where.table().namespace(),
        where.table().name(),
        where.relation(),
        where.database(),
        why);
    events.tellAtHome(
        EventSubject.of(facts.resource()),
        new EventNote(
            EventReason.CLEANUP_SKIPPED,
            where.relation().toString(),
            "%s in %s was not cleaned up: %s".formatted(where.relation(), where.database(), why)));
  }

  private void delayed(Facts facts, StreamTableReason reason, String message) {
    say(facts, Optional.empty(), farewells.delayed(facts, reason), message);
  }

  private void say(
      Facts facts,
      Optional<StreamTableReason> stalled,
      StreamTableReason reconciling,
      String message) {
    ConditionDraft draft = new ConditionDraft(facts.generation(), facts.now());
    draft.isFalse(StreamTableCondition.READY, StreamTableReason.DELETING, message);
    stalled.ifPresentOrElse(
        reason -> draft.isTrue(StreamTableCondition.STALLED, reason, message),
        () -> draft.isTrue(StreamTableCondition.RECONCILING, reconciling, message));
    Conditions conditions = draft.conditions().after(facts.previous().conditions());
    StreamTableStatus before = facts.previous();
    publisher.publish(
        facts,
        new StreamTableStatus(
            facts.generation(),
            before.relation(),
            before.plan(),
            null,
            before.schedule(),
            before.freshness(),
            before.lastRefresh(),
            before.refreshRequest(),
            before.consecutiveFailures(),
            before.storage(),
            before.database(),
            conditions.all()));
  }
}
