package dev.pgtrickle.operator.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** {@code /metrics}: OpenMetrics for those who ask for it, else Prometheus' older text. */
@Singleton
public final class MetricsEndpoint {
  private static final String OPEN_METRICS = "application/openmetrics-text";

  @Produces
  @Singleton
  PrometheusMeterRegistry registry() {
    return new PrometheusMeterRegistry(new StrictConfig(), new PrometheusRegistry(), Clock.SYSTEM);
  }

  void route(@Observes Router router, PrometheusMeterRegistry registry) {
    router.get("/metrics").blockingHandler(request -> answer(request, registry));
  }

  private static void answer(RoutingContext request, PrometheusMeterRegistry registry) {
    String accepted = request.request().getHeader("Accept");
    String type =
        accepted != null && accepted.contains(OPEN_METRICS)
            ? OPEN_METRICS + "; version=1.0.0; charset=utf-8"
            : "text/plain; version=0.0.4; charset=utf-8";
    request.response().putHeader("Content-Type", type).end(registry.scrape(type));
  }

  /** By default exemplars are put where OpenMetrics 1.0 forbids them. */
  private static final class StrictConfig implements PrometheusConfig {
    @Override
    public @Nullable String get(String key) {
      return null;
    }

    @Override
    public Properties prometheusProperties() {
      Properties properties = new Properties();
      properties.setProperty("io.prometheus.exporter.exemplarsOnAllMetricTypes", "false");
      return properties;
    }
  }
}
