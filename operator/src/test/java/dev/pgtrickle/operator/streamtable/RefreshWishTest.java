package dev.pgtrickle.operator.streamtable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.definition.RefreshMode;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshWishTest {

  @Test
  void aTimeAndPerhapsAMode() {
    assertThat(RefreshWish.parse("2026-11-01T10:00:00Z").orElseThrow().mode()).isEmpty();
    assertThat(RefreshWish.parse("2026-11-01T10:00:00Z/full").orElseThrow().mode())
        .contains(RefreshMode.FULL);
    assertThat(RefreshWish.parse("2026-11-01T11:00:00+01:00/Differential").orElseThrow())
        .isEqualTo(
            new RefreshWish(
                "2026-11-01T11:00:00+01:00/Differential",
                RefreshWish.parse("2026-11-01T10:00:00Z").orElseThrow().time(),
                Optional.of(RefreshMode.DIFFERENTIAL)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "now", "2026-11-01", "2026-11-01T10:00:00Z/immediate", "/full"})
  void whatIsNeitherAsksForNothing(String text) {
    assertThat(RefreshWish.parse(text)).isEmpty();
  }

  @Test
  void onlyWhatIsNewerCounts() {
    RefreshWish wish = RefreshWish.parse("2026-11-01T10:00:00Z/full").orElseThrow();
    assertThat(wish.isNewerThan(Optional.empty())).isTrue();
    assertThat(wish.isNewerThan(Optional.of("2026-11-01T09:59:59Z"))).isTrue();
    assertThat(wish.isNewerThan(Optional.of("2026-11-01T10:00:00Z"))).isFalse();
    assertThat(wish.isNewerThan(Optional.of("2026-11-01T12:00:00+01:00"))).isFalse();
    assertThat(wish.isNewerThan(Optional.of("a token of the SQL functions"))).isTrue();
  }
}
