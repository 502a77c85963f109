package dev.pgtrickle.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableMetricsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final TableLabels ORDERS = new TableLabels("shop", "orders", "pg-main", "app");
  private static final TableLabels OTHER = new TableLabels("shop", "other", "pg-main", "app");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final TableMetrics metrics = new TableMetrics(registry, Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void figuresAreShownWithHelp() {
    metrics.show(ORDERS, new TableFigures(Optional.of(NOW.minusSeconds(7)), false, 17, 8_192, 3));
    metrics.refreshed(ORDERS, Duration.ofMillis(40));
    metrics.failed(ORDERS);
    assertThat(registry.get("pgtrickle.stream.table.lag.seconds").gauge().value()).isEqualTo(7);
    assertThat(registry.get("pgtrickle.stream.table.pending.changes").gauge().value()).isEqualTo(3);
    assertThat(registry.get("pgtrickle.stream.table.refreshes").counter().count()).isEqualTo(1);
    assertThat(registry.get("pgtrickle.stream.table.refresh.failures").counter().count())
        .isEqualTo(1);
    assertThat(registry.getMeters())
        .allSatisfy(meter -> assertThat(meter.getId().getDescription()).isNotBlank());
  }

  @Test
  void aCurrentTableHasNoLagAndOneWithoutRowsNoNumber() {
    metrics.show(ORDERS, new TableFigures(Optional.of(NOW.minusSeconds(7)), true, 17, 0, 0));
    assertThat(registry.get("pgtrickle.stream.table.lag.seconds").gauge().value()).isZero();
    metrics.show(ORDERS, TableFigures.UNKNOWN);
    assertThat(registry.get("pgtrickle.stream.table.lag.seconds").gauge().value()).isNaN();
  }

  @Test
  void whatLeavesTakesItsFiguresWithIt() {
    metrics.failed(ORDERS);
    metrics.failed(OTHER);
    int both = registry.getMeters().size();
    metrics.remove(ORDERS);
    assertThat(registry.getMeters()).hasSize(both / 2);
    metrics.remove(OTHER);
    assertThat(registry.getMeters()).isEmpty();
  }
}
