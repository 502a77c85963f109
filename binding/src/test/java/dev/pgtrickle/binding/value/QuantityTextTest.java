package dev.pgtrickle.binding.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTextTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1048576, 1048576",
    "64Ki, 65536",
    "64Mi, 67108864",
    "20Gi, 21474836480",
    "1.5Ki, 1536",
    "1k, 1000",
    "1M, 1000000",
    "1E, 1000000000000000000",
    "1e3, 1000",
    "1E3, 1000",
    "100m, 1",
    "-1, -1",
    ".5Ki, 512",
    "8Ei, 9223372036854775807"
  })
  void quantitiesOfKubernetesAreBytes(String text, long expected) {
    assertThat(QuantityText.bytes(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "64MB", "64 Mi", "64mi", "Mi", "1ee3", "1e", "0x10", "1,5Gi", "٣Ki"})
  void everythingElseIsNone(String text) {
    assertThat(QuantityText.bytes(text)).isEmpty();
  }
}
