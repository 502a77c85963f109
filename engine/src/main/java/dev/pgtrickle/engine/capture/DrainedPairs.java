package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.catalog.BufferPair;
import dev.pgtrickle.engine.catalog.RegisteredSource;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The end of an older generation: nobody writes it since the barrier of its successor, everybody
 * has read it, and after a while it is dropped (a running pg_dump would fail if a table that it has
 * listed were gone).
 */
final class DrainedPairs {
  private final CaptureInstallation installation;
  private final BufferCleaning cleaning;
  private final Duration dropAfter;

  DrainedPairs(CaptureInstallation installation, BufferCleaning cleaning, Duration dropAfter) {
    this.installation = installation;
    this.cleaning = cleaning;
    this.dropAfter = dropAfter;
  }

  /** Marks the generations that are empty for good. */
  int mark(Connection connection, long sourceId) throws SQLException {
    Optional<RegisteredSource> source = installation.registry().locked(connection, sourceId);
    int marked = 0;
    if (source.isPresent() && source.get().currentPair().settled()) {
      for (BufferPair pair : source.get().pairs()) {
        if (!pair.equals(source.get().currentPair())
            && !pair.drained()
            && isEmpty(connection, pair)) {
          installation.registry().drained(connection, sourceId, pair.generation());
          marked++;
        }
      }
    }
    return marked;
  }

  /** Drops those that have been marked for long enough. */
  int drop(Connection connection, long sourceId, Instant now) throws SQLException {
    Optional<RegisteredSource> known = installation.registry().byId(connection, sourceId);
    if (known.isEmpty() || due(known.get(), now).isEmpty()) {
      return 0;
    }
    installation.lockBufferSet(connection);
    RegisteredSource source = installation.registered(connection, sourceId);
    int dropped = 0;
    for (BufferPair pair : due(source, now)) {
      installation.dropPair(connection, pair);
      dropped++;
    }
    return dropped;
  }

  private List<BufferPair> due(RegisteredSource source, Instant now) {
    return source.pairs().stream()
        .filter(pair -> pair.drainedAt().filter(at -> at.plus(dropAfter).isBefore(now)).isPresent())
        .toList();
  }

  private boolean isEmpty(Connection connection, BufferPair pair) throws SQLException {
    for (QualifiedName buffer : pair.buffers()) {
      if (!cleaning.isEmpty(connection, buffer)) {
        return false;
      }
    }
    return true;
  }
}
