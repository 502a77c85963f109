package dev.pgtrickle.operator.database;

import dev.pgtrickle.cnpg.connection.ConnectionRequest;
import dev.pgtrickle.cnpg.connection.ConnectionResolver;
import dev.pgtrickle.cnpg.connection.DatabaseConnection;
import dev.pgtrickle.cnpg.connection.Resolution;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.runtime.EngineClient;
import dev.pgtrickle.engine.runtime.StreamTableEngines;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which relations readers find in a database that follows another one. Nobody can work there, but
 * it can be looked at: all its relations at once, seldom, and without keeping a connection.
 */
public final class ReplicaBoard {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicaBoard.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(30);

  private final ConnectionResolver resolver;
  private final Clock clock;
  private final Map<DatabaseKey, Sight> sights = new ConcurrentHashMap<>();

  private record Sight(Instant at, Set<QualifiedName> populated) {}

  public ReplicaBoard(ConnectionResolver resolver, Clock clock) {
    this.resolver = resolver;
    this.clock = clock;
  }

  /** Whether registry and relation have come along, with rows. */
  public boolean shows(DatabaseKey key, QualifiedName relation, ConnectionRequest request) {
    return sights
        .compute(key, (same, before) -> isFresh(before) ? before : look(same, request))
        .populated()
        .contains(relation);
  }

  /** It follows nobody any more. */
  public void forget(DatabaseKey key) {
    sights.remove(key);
  }

  private boolean isFresh(@Nullable Sight sight) {
    return sight != null && sight.at().plus(LOOK_EVERY).isAfter(clock.instant());
  }

  private Sight look(DatabaseKey key, ConnectionRequest request) {
    return new Sight(
        clock.instant(),
        switch (resolver.resolve(request)) {
          case Resolution.Unresolved unresolved -> Set.of();
          case Resolution.Resolved resolved -> populated(key, resolved.connection());
        });
  }

  private static Set<QualifiedName> populated(DatabaseKey key, DatabaseConnection connection) {
    ConnectionTarget target =
        new ConnectionTarget(connection.url(), connection.user(), connection.password());
    try (EngineClient client = StreamTableEngines.client(target)) {
      return client.populated();
    } catch (TrickleException failure) {
      LOG.info("the replica {} cannot be looked at: {}", key, failure.what());
      return Set.of();
    }
  }
}
