package dev.pgtrickle.engine.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IndentationTest {

  @Test
  void everyLineOutsideOfQuotesMovesRight() {
    assertThat(Indentation.indent("SELECT a\nFROM t")).isEqualTo("  SELECT a\n  FROM t");
  }

  @Test
  void valuesAndNamesKeepTheirLineBreaks() {
    assertThat(Indentation.indent("'a\nb''\n\"c'\n'")).isEqualTo("  'a\nb''\n\"c'\n  '");
    assertThat(Indentation.indent("\"a\nb'\"\n'\r\n'")).isEqualTo("  \"a\nb'\"\n  '\r\n'");
  }
}
