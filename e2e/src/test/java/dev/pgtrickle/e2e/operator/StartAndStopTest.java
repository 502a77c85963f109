package dev.pgtrickle.e2e.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StartAndStopTest {
  private static final Path ALLOWED =
      Path.of(
          "src",
          "test",
          "resources",
          "dev",
          "pgtrickle",
          "e2e",
          "operator",
          "allowed-warnings.txt");

  private OperatorWorld world;

  @BeforeAll
  void start() {
    world = OperatorWorld.create("start");
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @Test
  void nothingIsWarnedOfButWhatHasAReason() throws IOException {
    List<Pattern> allowed =
        Files.readAllLines(ALLOWED).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(Pattern::compile)
            .toList();
    Instant begun = Instant.now();
    try (OperatorProcess operator = world.operator().awaitReady()) {
      System.out.printf(
          "operator: ready after %d ms, %d MB resident%n",
          Duration.between(begun, Instant.now()).toMillis(), residentMegabytes(operator.pid()));
      assertThat(
              operator
                  .log()
                  .lines()
                  .filter(line -> line.matches("(?i).*\\b(WARN|WARNING|ERROR|SEVERE)\\b.*"))
                  .filter(
                      line -> allowed.stream().noneMatch(pattern -> pattern.matcher(line).find())))
          .isEmpty();
    }
  }

  @Test
  void aSignalEndsItSoon() {
    OperatorProcess operator = world.operator().awaitReady();
    Instant asked = Instant.now();
    assertThat(operator.stop()).isEqualTo(143);
    assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(15));
  }

  @Test
  void healthAndMetrics() {
    try (OperatorProcess operator = world.operator().awaitReady()) {
      assertThat(operator.read("/q/health/live")).contains("UP").contains("database loops");
      assertThat(operator.read("/q/health/ready")).contains("UP");
      String text = operator.read("/metrics", "text/plain");
      assertThat(text).contains("# HELP", "# TYPE");
      String open =
          operator.read("/metrics", "application/openmetrics-text; version=1.0.0; charset=utf-8");
      assertThat(open).endsWith("# EOF\n");
    }
  }

  private static long residentMegabytes(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElse(0);
  }
}
