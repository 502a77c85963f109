package dev.pgtrickle.binding.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EffectiveNamesTest {

  @Test
  void aHyphenBecomesAnUnderscore() {
    assertThat(EffectiveNames.derivedTable("order-totals-2")).contains("order_totals_2");
  }

  @Test
  void aNameOfSixtyThreeCharactersIsTheLongest() {
    assertThat(EffectiveNames.derivedTable("a".repeat(63))).isPresent();
    assertThat(EffectiveNames.derivedTable("a".repeat(64))).isEmpty();
  }

  @Test
  void aTableNameBeginsWithALetter() {
    assertThat(EffectiveNames.derivedTable("2026")).isEmpty();
    assertThat(EffectiveNames.derivedTable("a.b")).isEmpty();
    assertThat(EffectiveNames.derivedTable("a-")).isEmpty();
  }
}
