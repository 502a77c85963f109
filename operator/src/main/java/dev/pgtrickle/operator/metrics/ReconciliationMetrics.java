package dev.pgtrickle.operator.metrics;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times reconciliations, by controller only, so that the number of series does not grow
 * with the number of objects. The implementation that comes with the framework registers one name
 * with two sets of labels; Prometheus' registry refuses that, and its retries stop with it.
 */
@Singleton
public final class ReconciliationMetrics implements Metrics {
  private final MeterRegistry registry;

  ReconciliationMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void reconciliationSucceeded(HasMetadata resource, Map<String, Object> metadata) {
    count(resource, "succeeded");
  }

  @Override
  public void reconciliationFailed(
      HasMetadata resource,
      @Nullable RetryInfo retry,
      Exception exception,
      Map<String, Object> metadata) {
    count(resource, "failed");
  }

  @Override
  public <T> T timeControllerExecution(ControllerExecution<T> execution) throws Exception {
    long started = System.nanoTime();
    try {
      return execution.execute();
    } finally {
      Timer.builder("pgtrickle.operator.reconciliation")
          .description("Time that reconciliations take")
          .tag("controller", execution.controllerName())
          .serviceLevelObjectives(
              Duration.ofMillis(10),
              Duration.ofMillis(100),
              Duration.ofSeconds(1),
              Duration.ofSeconds(5))
          .register(registry)
          .record(Duration.ofNanos(System.nanoTime() - started));
    }
  }

  private void count(HasMetadata resource, String result) {
    Counter.builder("pgtrickle.operator.reconciliations")
        .description("Reconciliations by kind and result")
        .tag("kind", resource.getKind())
        .tag("result", result)
        .register(registry)
        .increment();
  }
}
