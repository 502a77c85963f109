package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.cnpg.primary.PrimaryState;
import dev.pgtrickle.cnpg.primary.Trouble;
import dev.pgtrickle.crds.streamtable.DeletionPolicy;
import dev.pgtrickle.operator.cluster.ClusterStanding;
import dev.pgtrickle.operator.database.DatabaseStanding;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Supplier;

/** What decides about a deletion, from the facts and from how it stands with the database. Pure. */
final class Circumstances {

  /**
   * How it stands with the database of a resource that leaves. An engine that serves it can release
   * the relation, whatever credentials the resource names by now: it is connected, and one database
   * has one login. Only without one the resource's own credentials count.
   *
   * @param live how it stands for those who are there; empty when nobody asked for that database
   * @param asked asks for it with the resource's own credentials
   */
  Optional<DatabaseStanding> standing(
      Facts facts, Optional<DatabaseStanding> live, Supplier<DatabaseStanding> asked) {
    if (live.orElse(null) instanceof DatabaseStanding.Served || !isSettled(facts)) {
      return live;
    }
    return Optional.of(asked.get());
  }

  Departure.Known known(Facts facts, Optional<DatabaseStanding> standing) {
    return new Departure.Known(
        facts.marks().leaving(),
        policy(facts),
        facts.previous().database() == null ? Departure.Claimed.NEVER : Departure.Claimed.EVER,
        trouble(facts),
        facts.cluster().isPresent() ? Departure.Home.CLUSTER : Departure.Home.OTHER_SERVER,
        standing.map(Circumstances::reach).orElse(Departure.Reach.AWAY),
        outage(facts, standing));
  }

  static DeletionPolicy policy(Facts facts) {
    DeletionPolicy policy = facts.resource().getSpec().deletionPolicy();
    return policy == null ? DeletionPolicy.RETAIN : policy;
  }

  static Instant deletedAt(Facts facts) {
    String time = facts.resource().getMetadata().getDeletionTimestamp();
    return time == null ? facts.now() : OffsetDateTime.parse(time).toInstant();
  }

  /** The database is asked only where it can be. */
  private static boolean isSettled(Facts facts) {
    return facts
        .cluster()
        .map(cluster -> cluster.primary() instanceof PrimaryState.Settled)
        .orElse(true);
  }

  private static Optional<Trouble> trouble(Facts facts) {
    return facts
        .cluster()
        .map(ClusterStanding::primary)
        .flatMap(state ->
            switch (state) {
              case PrimaryState.Troubled troubled -> Optional.of(troubled.trouble());
              case PrimaryState.Settling settling -> Optional.of(Trouble.FAILOVER_IN_PROGRESS);
              case PrimaryState.Settled settled -> Optional.<Trouble>empty();
            });
  }

  private static Departure.Reach reach(DatabaseStanding standing) {
    return switch (standing) {
      case DatabaseStanding.Served served -> Departure.Reach.SERVED;
      case DatabaseStanding.Opening opening -> Departure.Reach.AWAY;
      case DatabaseStanding.Troubled troubled ->
          switch (troubled.trouble().kind()) {
            case SECRET_NOT_FOUND -> Departure.Reach.SECRET_GONE;
            case SECRET_NOT_OFFERED -> Departure.Reach.SECRET_NOT_OFFERED;
            case SECRET_UNUSABLE,
                AUTHENTICATION_FAILED,
                TLS_VERIFICATION_FAILED,
                NOT_ALLOWED,
                UNREACHABLE,
                OWNED_ELSEWHERE,
                PERMISSION_DENIED,
                CONFLICT ->
                Departure.Reach.AWAY;
          };
    };
  }

  private static Duration outage(Facts facts, Optional<DatabaseStanding> standing) {
    Instant since =
        standing
            .map(state ->
                switch (state) {
                  case DatabaseStanding.Opening opening -> opening.since();
                  case DatabaseStanding.Troubled troubled -> troubled.since();
                  case DatabaseStanding.Served served -> facts.now();
                })
            .orElse(facts.now());
    Instant deleted = deletedAt(facts);
    return Duration.between(since.isAfter(deleted) ? since : deleted, facts.now());
  }
}
