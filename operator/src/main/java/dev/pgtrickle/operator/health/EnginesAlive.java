package dev.pgtrickle.operator.health;

import dev.pgtrickle.operator.database.DatabaseEngines;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Whether the threads that look after databases still do. A database that is down never makes this
 * fail: starting anew would not bring it back.
 */
@Liveness
@Singleton
public final class EnginesAlive implements HealthCheck {
  /** Longer than opening an engine may take. */
  private static final Duration LONGEST_STEP = Duration.ofMinutes(15);

  private final DatabaseEngines engines;
  private final Clock clock;

  EnginesAlive(DatabaseEngines engines, Clock clock) {
    this.engines = engines;
    this.clock = clock;
  }

  @Override
  public HealthCheckResponse call() {
    long stuck = engines.idleSince(clock.instant().minus(LONGEST_STEP));
    return HealthCheckResponse.named("database loops")
        .withData("stuck", stuck)
        .status(stuck == 0)
        .build();
  }
}
