package dev.pgtrickle.engine.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.engine.sql.token.UnknownSyntaxException;
import dev.pgtrickle.engine.sql.tree.Query;
import dev.pgtrickle.engine.sql.tree.SqlPrinter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CanonicalParserTest {
  private static final CanonicalParser PARSER = new CanonicalParser(Bounds.standard());

  @Test
  void whatIsUnknownIsRefusedAtItsPlace() {
    assertThatThrownBy(() -> parse("SELECT \"a\" FROM \"t\" QUALIFY \"b\""))
        .isInstanceOf(UnknownSyntaxException.class)
        .extracting("word", "offset")
        .containsExactly("QUALIFY", 20);
  }

  @Test
  void anUnknownWordInASpecialFunctionIsRefused() {
    assertThatThrownBy(() -> parse("SELECT TRIM(SIDEWAYS 'x' FROM \"a\") FROM \"t\""))
        .isInstanceOf(UnknownSyntaxException.class);
  }

  @Test
  void expressionsMayBeNested5000Deep() {
    String sql = "SELECT " + "(1 + ".repeat(4_990) + "1" + ")".repeat(4_990);
    assertThat(within(Duration.ofSeconds(1), sql)).isEqualTo(sql);
  }

  @Test
  void deeperExpressionsAreTooComplex() {
    assertThatThrownBy(() -> parse("SELECT " + "(1 + ".repeat(5_100) + "1" + ")".repeat(5_100)))
        .isInstanceOf(TooComplexException.class)
        .hasMessage("an expression is nested more than 5000 deep");
    assertThatThrownBy(() -> parse("SELECT " + "(".repeat(60_000)))
        .isInstanceOf(TooComplexException.class);
    assertThatThrownBy(() -> parse("SELECT " + "NOT ".repeat(60_000) + "TRUE"))
        .isInstanceOf(TooComplexException.class);
    assertThatThrownBy(() -> parse("SELECT 1 FROM " + "(".repeat(60_000)))
        .isInstanceOf(TooComplexException.class);
  }

  @Test
  void queriesMayBeNested64Deep() {
    parse(nestedQueries(63));
    assertThatThrownBy(() -> parse(nestedQueries(64)))
        .isInstanceOf(TooComplexException.class)
        .hasMessage("queries are nested more than 64 deep");
  }

  @Test
  void aTreeHasAtMost100000Nodes() {
    assertThatThrownBy(() -> parse("SELECT 1" + ", 1".repeat(100_000)))
        .isInstanceOf(TooComplexException.class)
        .hasMessage("the query has more than 100000 parts");
  }

  @Test
  void longListsAreReadAtOnce() {
    String list = "SELECT (\"a\" = ANY (ARRAY[1" + ", 1".repeat(20_000) + "])) FROM \"t\"";
    assertThat(within(Duration.ofSeconds(1), list)).isEqualTo(list);
    String chain = "SELECT (1" + " AND 1".repeat(10_000) + ")";
    assertThat(within(Duration.ofSeconds(1), chain)).isEqualTo(chain);
    String unions = "SELECT 1" + " UNION SELECT 1".repeat(4_000);
    assertThat(within(Duration.ofSeconds(1), unions)).isEqualTo(unions);
  }

  /** Whatever the words are: an answer or a refusal, never anything else. */
  @Test
  void shuffledWordsNeverBreakTheParser() {
    String[] words =
        ("SELECT FROM WHERE ( ) , . :: \"a\" \"t\" 1 'x' + = AND NOT IN ANY ALL CASE WHEN THEN END"
                + " ARRAY [ ] UNION WITH AS OVER GROUP BY ORDER LIMIT COALESCE JSON_TABLE COLUMNS"
                + " EXISTS VALUES IS NULL DISTINCT ROW : => * JOIN ON USING LATERAL $ @ ; EXTRACT")
            .split(" ", -1);
    SplittableRandom random = new SplittableRandom(20260901);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder sql = new StringBuilder("SELECT ");
      int length = random.nextInt(1, 25);
      for (int word = 0; word < length; word++) {
        sql.append(words[random.nextInt(words.length)]).append(' ');
      }
      try {
        String printed = SqlPrinter.print(PARSER.parse(sql.toString()));
        assertThat(SqlPrinter.print(PARSER.parse(printed))).isEqualTo(printed);
      } catch (UnknownSyntaxException | TooComplexException refused) {
        assertThat(refused).hasMessageContaining(" ");
      }
    }
  }

  @Test
  void brokenNamesAreRefused() {
    for (String name : List.of("\"", "\"\"", "\"open", "U&\"a\"", "\"" + "x".repeat(64) + "\"")) {
      assertThatThrownBy(() -> parse("SELECT " + name))
          .as(name)
          .isInstanceOf(UnknownSyntaxException.class);
    }
    assertThat(SqlPrinter.print(parse("SELECT \"a\"\"b\""))).isEqualTo("SELECT \"a\"\"b\"");
  }

  @Test
  void mutatedTextsNeverBreakTheParser() {
    mutate(Duration.ofSeconds(3));
  }

  /** Texts with characters deleted, doubled or replaced; none hangs. */
  private static void mutate(Duration time) {
    List<String> texts =
        List.of(
            "SELECT \"a\", (\"b\" + 1) AS \"c\" FROM \"s\".\"t\" \"x\" WHERE ((\"a\" ="
                + " 'y'::\"text\") AND (NOT (\"b\" IS NULL)))",
            "WITH RECURSIVE \"r\"(\"n\") AS ( VALUES (1) UNION ALL SELECT (\"r_1\".\"n\" + 1) FROM"
                + " \"r\" \"r_1\") SEARCH DEPTH FIRST BY \"n\" SET \"o\" SELECT \"n\" FROM \"r\"",
            "SELECT \"rank\"() OVER (PARTITION BY \"a\" ORDER BY \"b\" DESC ROWS BETWEEN 2"
                + " PRECEDING AND CURRENT ROW), \"count\"(DISTINCT \"a\") FILTER (WHERE (\"b\" >"
                + " 1)) FROM (\"s\".\"t\" LEFT JOIN \"s\".\"u\" USING (\"i\")) GROUP BY GROUPING"
                + " SETS ((\"a\"), ()) HAVING EXISTS ( SELECT 1) ORDER BY \"a\" LIMIT 3",
            "SELECT \"j\".\"n\", EXTRACT(\"year\" FROM \"d\"), ARRAY[[1, 2], [3, 4]],"
                + " ((\"h\").\"city\")[1:2] FROM JSON_TABLE(\"o\".\"l\", '$[*]' COLUMNS (\"n\""
                + " integer PATH '$.n' DEFAULT 0 ON EMPTY)) \"j\", ROWS FROM(\"f\"(1), \"g\"(2))"
                + " WITH ORDINALITY \"r\"(\"a\", \"b\")");
    SplittableRandom random = new SplittableRandom(7);
    Instant end = Instant.now().plus(time);
    while (Instant.now().isBefore(end)) {
      StringBuilder sql = new StringBuilder(texts.get(random.nextInt(texts.size())));
      for (int change = random.nextInt(1, 6); change > 0; change--) {
        int place = random.nextInt(sql.length());
        switch (random.nextInt(4)) {
          case 0 -> sql.deleteCharAt(place);
          case 1 -> sql.insert(place, sql.charAt(place));
          case 2 -> sql.setCharAt(place, (char) random.nextInt(32, 127));
          default ->
              sql.insert(
                  place,
                  sql.substring(place, Math.min(sql.length(), place + random.nextInt(1, 30))));
        }
      }
      Instant start = Instant.now();
      try {
        SqlPrinter.print(PARSER.parse(sql.toString()));
      } catch (UnknownSyntaxException | TooComplexException refused) {
        assertThat(refused).hasMessageContaining(" ");
      }
      assertThat(Duration.between(start, Instant.now()))
          .as(sql.toString())
          .isLessThan(Duration.ofSeconds(5));
    }
  }

  private static String nestedQueries(int depth) {
    return "SELECT (".repeat(depth) + "SELECT 1" + ")".repeat(depth);
  }

  private static Query parse(String sql) {
    return DeepStack.call(() -> PARSER.parse(sql));
  }

  /** The best of a few attempts: a busy machine may be slow once. */
  private static String within(Duration limit, String sql) {
    Duration best = Duration.ofDays(1);
    String printed = "";
    for (int attempt = 0; attempt < 4 && best.compareTo(limit) >= 0; attempt++) {
      Instant start = Instant.now();
      printed = DeepStack.call(() -> SqlPrinter.print(PARSER.parse(sql)));
      Duration taken = Duration.between(start, Instant.now());
      best = taken.compareTo(best) < 0 ? taken : best;
    }
    assertThat(best).isLessThan(limit);
    return printed;
  }
}
