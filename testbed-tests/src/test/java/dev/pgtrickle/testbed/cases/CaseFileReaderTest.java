package dev.pgtrickle.testbed.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is a case file, how it is split, and what is said of a file that is none. */
class CaseFileReaderTest {
  @TempDir private Path directory;

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("case.sql"), text);
  }

  private SqlCase read(String text) throws IOException, MalformedCaseException {
    return new CaseFileReader().read(file(text)).getFirst();
  }

  private CaseScript dml(String dml) throws IOException, MalformedCaseException {
    return read("-- case: c\n-- query\nSELECT 1;\n-- dml\n" + dml).dml();
  }

  private static List<String> texts(CaseScript script) {
    return script.statements().stream().map(CaseStatement::text).toList();
  }

  @Test
  void sectionsAreTakenApart() throws Exception {
    SqlCase read =
        read(
            """
            -- case: own__first
            -- source: own
            -- ddl
            CREATE TABLE t (i int);
            INSERT INTO t VALUES (1);
            -- query
            SELECT i
            FROM t;
            -- dml
            DELETE FROM t;
            """);
    assertThat(read.name()).isEqualTo("own__first");
    assertThat(read.query()).isEqualTo("SELECT i\nFROM t");
    assertThat(read.queryLine()).isEqualTo(7);
    assertThat(read.ddl().statements())
        .containsExactly(
            new CaseStatement("CREATE TABLE t (i int)", 4),
            new CaseStatement("INSERT INTO t VALUES (1)", 5));
    assertThat(read.ddl().only(CaseStatement::isData).statements()).hasSize(1);
    assertThat(read.dml().statements()).containsExactly(new CaseStatement("DELETE FROM t", 10));
  }

  @Test
  void aFileHoldsSeveralCases() throws Exception {
    assertThat(
            new CaseFileReader()
                .read(file("-- case: a\n-- query\nSELECT 1\n-- case: b\n-- query\nSELECT 2\n")))
        .extracting(SqlCase::name)
        .containsExactly("a", "b");
  }

  @Test
  void semicolonsWithinQuotesBodiesAndRulesEndNothing() throws Exception {
    List<String> statements =
        List.of(
            "SELECT ';', E'\\';', \"a;\", $$;$$, $x$ ; $$ ; $x$ -- ;",
            "SELECT /* ; /* ; */ ; */ 1",
            "CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM a; DELETE FROM b)",
            "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END",
            "BEGIN",
            "END",
            "SELECT a$b$c, 'it''s'");
    assertThat(texts(dml(String.join("\n;\n", statements) + ";"))).isEqualTo(statements);
  }

  @Test
  void withoutASeparatorEachStatementIsABatch() throws Exception {
    assertThat(dml("SELECT 1; SELECT 2;").batches()).hasSize(2);
  }

  @Test
  void refreshLinesSeparateBatches() throws Exception {
    CaseScript script = dml("SELECT 1;\nSELECT 2;\n-- refresh\n-- Refresh\nSELECT 3\n-- refresh\n");
    assertThat(script.batches())
        .extracting(List::size)
        .as("empty ones are none")
        .containsExactly(2, 1);
    assertThat(dml("SELECT 1; SELECT 2;\n-- refresh").batches()).hasSize(1);
    assertThat(dml("SELECT '\n-- refresh\n'; SELECT 2;").batches()).as("in a quote").hasSize(2);
  }

  @Test
  void whatIsWrittenIsReadAgain() throws Exception {
    SqlCase first =
        read(
            """
            -- case: c
            -- ddl
            CREATE TABLE t (s text);
            INSERT INTO t VALUES (';');
            -- query
            SELECT s FROM t
            -- dml
            DELETE FROM t;
            INSERT INTO t VALUES ('a');
            -- refresh
            TRUNCATE t;
            """);
    SqlCase second = read(new CaseFileWriter().text(first));
    assertThat(second.query()).isEqualTo(first.query());
    assertThat(texts(second.ddl())).isEqualTo(texts(first.ddl()));
    assertThat(second.dml().batches())
        .extracting(List::size)
        .isEqualTo(first.dml().batches().stream().map(List::size).toList());
    assertThat(texts(second.dml())).isEqualTo(texts(first.dml()));
  }

  @ParameterizedTest
  @CsvSource({
    "INSERT INTO t VALUES (1), true",
    "with x as (select 1) insert into t table x, true",
    "'  (VALUES (1))', false",
    "truncate t, true",
    "MERGE INTO t USING u ON true WHEN MATCHED THEN DELETE, true",
    "SELECT 1, false",
    "CREATE TABLE t AS SELECT 1, false"
  })
  void dataAreRows(String text, boolean data) {
    assertThat(new CaseStatement(text, 1).isData()).isEqualTo(data);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 1, there is no line '-- case: NAME'",
    "'SELECT 1;', 1, a case begins with",
    "'-- ddl', 1, has to come first",
    "'-- case:\n-- query\nSELECT 1', 1, the case has no name",
    "'-- case: c\n-- dml\nSELECT 1;', 1, no section '-- query'",
    "'-- case: c\n-- query\n', 2, one query, not 0",
    "'-- case: c\n-- query\nSELECT 1;\nSELECT 2;', 4, one query, not 2",
    "'-- case: c\n-- ddl\n-- query\nSELECT 1;\n-- ddl\n', 5, has a section '-- ddl' already",
    "'-- case: c\n-- query\nSELECT \"a;', 3, has no end",
    "'-- case: c\n-- query\nSELECT 1\n-- dml\nSELECT 1;\n\\d t', 6, command of psql",
    "'-- case: c\n-- query\nSELECT 1\n-- dml\n\nCOPY t FROM stdin;', 6, write INSERT"
  })
  void aFileThatIsNoneIsNamedWithItsLine(String text, int line, String words) throws Exception {
    Path file = file(text);
    assertThatThrownBy(() -> new CaseFileReader().read(file))
        .isInstanceOfSatisfying(
            MalformedCaseException.class, malformed -> assertThat(malformed.line()).isEqualTo(line))
        .hasMessageStartingWith(file + ":" + line + ": ")
        .hasMessageContaining(words);
  }

  @Test
  void bytesThatAreNoTextAreNamed() throws Exception {
    Path file =
        Files.write(
            directory.resolve("x.sql"), "-- case: \u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> new CaseFileReader().read(file)).hasMessageContaining("UTF-8");
  }
}
