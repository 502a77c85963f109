package dev.pgtrickle.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0.0 ms",
    "PT0.00084S, 0.8 ms",
    "PT0.041S, 41 ms",
    "PT2.4S, 2.4 s",
    "PT30S, 30 s",
    "PT3M, 3 min",
    "PT5H, 5 h"
  })
  void durationsHaveAUnitThatFits(Duration duration, String expected) {
    assertThat(Figures.duration(duration)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "98304, 96 KiB",
    "2097152, 2.0 MiB",
    "1099511627776, 1.0 TiB"
  })
  void sizesAreBinary(long bytes, String expected) {
    assertThat(Figures.bytes(bytes)).isEqualTo(expected);
  }
}
