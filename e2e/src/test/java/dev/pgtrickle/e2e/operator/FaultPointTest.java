package dev.pgtrickle.e2e.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.lifecycle.LifecyclePoint;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A boundary that somebody adds to the engine is one where the operator gets killed. */
class FaultPointTest {
  /** Passed only after somebody else changed something; the engine's own KillTest dies there. */
  private static final Set<LifecyclePoint> WITHOUT_A_USER = EnumSet.of(LifecyclePoint.REPAIRED);

  @Test
  void everyBoundaryOfTheEngineIsAFaultPoint() {
    Set<LifecyclePoint> killed =
        FaultPoint.all().stream()
            .flatMap(point -> point.argument().stream())
            .map(LifecyclePoint::valueOf)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(LifecyclePoint.class)));
    assertThat(killed)
        .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.copyOf(WITHOUT_A_USER)));
  }

  @Test
  void noneIsThereTwice() {
    assertThat(FaultPoint.all()).doesNotHaveDuplicates().hasSizeGreaterThan(30);
  }
}
