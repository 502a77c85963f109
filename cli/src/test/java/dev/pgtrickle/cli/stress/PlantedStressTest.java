package dev.pgtrickle.cli.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.cli.stress.planted.PlantedTrickle;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The stress of the stress: were it blind, it would not see this either. */
@Tag("alone")
class PlantedStressTest {
  private static final Duration LOAD = Duration.ofSeconds(8);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path directory;

  @Test
  void aWatermarkAsFrontierIsFound() throws Exception {
    StressPlan plan =
        StressPlan.bounded(TestServers.newest(), LOAD, System.nanoTime())
            .withPlanted(PlantedTrickle.class.getName());
    StressResult result = StressRun.onServerOfItsOwn(plan, directory);
    assertThat(result.differingRows()).as(result.describe()).isPositive();
  }
}
