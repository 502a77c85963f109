package dev.pgtrickle.engine.sql.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LexerTest {

  @Test
  void quotedThingsAreOneWordEach() {
    assertThat(words("\"a\"\"b\" 'it''s' E'\\'x' U&\"d\\0061\" $q$ ; $q$ x'1F'"))
        .containsExactly(
            "IDENTIFIER \"a\"\"b\"",
            "STRING 'it''s'",
            "STRING E'\\'x'",
            "IDENTIFIER U&\"d\\0061\"",
            "STRING $q$ ; $q$",
            "STRING x'1F'");
  }

  @Test
  void backslashesMeanNothingInPlainStrings() {
    assertThat(words("'\\';")).containsExactly("STRING '\\'", "PUNCTUATION ;");
  }

  @Test
  void commentsAreBlank() {
    assertThat(words("a -- ; b\n/* /* ; */ */ c")).containsExactly("WORD a", "WORD c");
    assertThat(Lexer.tokens("a/**/b").get(1).lead()).isEqualTo(" ");
  }

  @Test
  void operatorsEndBeforeCommentsAndOrdinarySigns() {
    assertThat(words("1+-2")).containsExactly("NUMBER 1", "OPERATOR +", "OPERATOR -", "NUMBER 2");
    assertThat(words("a@-b")).containsExactly("WORD a", "OPERATOR @-", "WORD b");
    assertThat(words("a<>--x\nb")).containsExactly("WORD a", "OPERATOR <>", "WORD b");
    assertThat(words("a::int=>b"))
        .containsExactly("WORD a", "PUNCTUATION ::", "WORD int", "PUNCTUATION =>", "WORD b");
  }

  @Test
  void numbersKeepTheirExponents() {
    assertThat(words("1.5e-3 .5 1e+4"))
        .containsExactly("NUMBER 1.5e-3", "NUMBER .5", "NUMBER 1e+4");
  }

  @Test
  void dollarsInNamesQuoteNothing() {
    assertThat(words("a$b$c;$b$")).startsWith("WORD a$b$c", "PUNCTUATION ;");
  }

  @Test
  void whatIsNotTerminatedReachesToTheEnd() {
    assertThat(words("'abc; d")).containsExactly("STRING 'abc; d");
    assertThat(words("\"abc; d")).containsExactly("IDENTIFIER \"abc; d");
    assertThat(words("$a$ ; ")).containsExactly("STRING $a$ ; ");
    assertThat(words("E'\\")).containsExactly("STRING E'\\");
  }

  private static List<String> words(String sql) {
    return Lexer.tokens(sql).stream()
        .filter(token -> token.kind() != TokenKind.END)
        .map(token -> token.kind() + " " + token.text())
        .toList();
  }
}
