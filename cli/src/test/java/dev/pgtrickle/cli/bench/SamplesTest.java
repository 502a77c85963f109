package dev.pgtrickle.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {

  @Test
  void theMedianIsTheMiddle() {
    assertThat(Samples.median(List.of(30.0, 1.0, 2.0))).isEqualTo(2.0);
  }

  @Test
  void aPercentileIsAValueThatOccurred() {
    List<Double> values = IntStream.rangeClosed(1, 200).mapToObj(Double::valueOf).toList();
    assertThat(Samples.percentile(values, 50)).isEqualTo(100);
    assertThat(Samples.percentile(values, 99)).isEqualTo(198);
    assertThat(Samples.percentile(values, 100)).isEqualTo(200);
  }

  @Test
  void ofNothingThereIsNoMedian() {
    assertThat(Samples.median(List.of())).isNaN();
  }
}
