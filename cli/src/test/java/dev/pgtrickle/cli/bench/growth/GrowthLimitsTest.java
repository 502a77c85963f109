package dev.pgtrickle.cli.bench.growth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.cli.bench.Limit;
import org.junit.jupiter.api.Test;

class GrowthLimitsTest {

  @Test
  void whatIsPromisedOfTenAndAHundredTimesTheSize() {
    assertThat(GrowthLimits.of(10, "base x1", "q05"))
        .containsExactly(
            Limit.ratio("base x10", GrowthLimits.blocks("q05"), "base x1", 1.3),
            Limit.ratio("base x10", GrowthLimits.time("q05"), "base x1", 1.5));
    assertThat(GrowthLimits.of(100, "base x1", "q05"))
        .containsExactly(
            Limit.ratio("base x100", GrowthLimits.blocks("q05"), "base x1", 1.7),
            Limit.ratio("base x100", GrowthLimits.time("q05"), "base x1", 2));
    assertThat(GrowthLimits.of(3, "base x1", "q05")).isEmpty();
  }
}
