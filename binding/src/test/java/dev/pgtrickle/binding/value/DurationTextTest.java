package dev.pgtrickle.binding.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "30s, PT30S",
    "5m, PT5M",
    "720h, PT720H",
    "1h30m, PT1H30M",
    "1.5s, PT1.5S",
    "0s, PT0S",
    "0.1ms, PT0.0001S",
    "1m1m, PT2M",
    "2562047h, PT2562047H"
  })
  void textsOfTheApiAreDurations(String text, Duration expected) {
    assertThat(DurationText.parse(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30",
        "s",
        "1d",
        "-5s",
        "+5s",
        "PT30S",
        "30 s",
        " 30s",
        "1,5s",
        ".5s",
        "5.s",
        "5S",
        "5us",
        "5ns",
        "1e3s",
        "٣s",
        "2562048h",
        "0000000000000000000000000000000030s"
      })
  void everythingElseIsNone(String text) {
    assertThat(DurationText.parse(text)).isEmpty();
  }
}
