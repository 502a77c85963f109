package dev.pgtrickle.operator.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** The figures of every table, as long as it is there. */
@Singleton
public final class TableMetrics {
  private static final String PREFIX = "pgtrickle.stream.table.";

  private final MeterRegistry registry;
  private final Clock clock;
  private final Map<TableLabels, Series> tables = new ConcurrentHashMap<>();

  TableMetrics(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
  }

  /** Shows what was read of a table. */
  public void show(TableLabels labels, TableFigures figures) {
    series(labels).figures = figures;
  }

  /** A refresh of it committed. */
  public void refreshed(TableLabels labels, Duration duration) {
    Series series = series(labels);
    series.refreshes.increment();
    series.durations.record(duration);
  }

  /** A refresh of it failed. */
  public void failed(TableLabels labels) {
    series(labels).failures.increment();
  }

  /** It is gone, and its figures with it. */
  public void remove(TableLabels labels) {
    Series series = tables.remove(labels);
    if (series != null) {
      series.meters.forEach(registry::remove);
    }
  }

  private Series series(TableLabels labels) {
    return tables.computeIfAbsent(labels, added -> new Series(registry, added, clock));
  }

  /** All meters of one table. */
  private static final class Series {
    private final List<Meter> meters = new ArrayList<>();
    private final Counter refreshes;
    private final Counter failures;
    private final Timer durations;
    private volatile TableFigures figures = TableFigures.UNKNOWN;

    Series(MeterRegistry registry, TableLabels labels, Clock clock) {
      gauge(
          registry,
          labels,
          "lag.seconds",
          "Age of the oldest change that is not in the table yet",
          series -> series.figures.lagSeconds(clock.instant()));
      gauge(
          registry,
          labels,
          "pending.changes",
          "Captured changes that are not in the table yet",
          series -> series.figures.pendingChanges());
      gauge(registry, labels, "rows", "Rows of the table", series -> series.figures.rows());
      gauge(registry, labels, "bytes", "Size of the table", series -> series.figures.bytes());
      refreshes =
          Counter.builder(PREFIX + "refreshes")
              .description("Refreshes that committed")
              .tags(labels.tags())
              .register(registry);
      failures =
          Counter.builder(PREFIX + "refresh.failures")
              .description("Refreshes that failed, each attempt counted")
              .tags(labels.tags())
              .register(registry);
      durations =
          Timer.builder(PREFIX + "refresh.duration")
              .description("Time that refreshes take")
              .tags(labels.tags())
              .register(registry);
      meters.add(refreshes);
      meters.add(failures);
      meters.add(durations);
    }

    private void gauge(
        MeterRegistry registry,
        TableLabels labels,
        String name,
        String description,
        ToDoubleFunction<Series> value) {
      meters.add(
          Gauge.builder(PREFIX + name, this, value)
              .description(description)
              .tags(labels.tags())
              .register(registry));
    }
  }
}
