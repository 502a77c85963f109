package dev.pgtrickle.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.cases.CaseFileReader;
import dev.pgtrickle.testbed.cases.CaseStatement;
import dev.pgtrickle.testbed.cases.SqlCase;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The orders, and which statements change places. */
class TimelineTest {
  private static final String[] SCHEMA = {
    "CREATE TABLE parent (id int PRIMARY KEY)",
    "CREATE TABLE child (id int REFERENCES parent)",
    "CREATE TABLE \"Other\" (id int)",
    "CREATE TABLE watched (id int)",
    "CREATE FUNCTION watch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "CREATE TRIGGER watch BEFORE INSERT ON watched FOR EACH ROW EXECUTE FUNCTION watch()"
  };

  private static final String DATA =
      """
      INSERT INTO parent VALUES (1);
      INSERT INTO child VALUES (1);
      INSERT INTO "Other" SELECT 1;
      """;

  @TempDir private Path directory;

  private SqlCase read(String ddl, String dml) throws Exception {
    return new CaseFileReader()
        .read(
            Files.writeString(
                directory.resolve("c.sql"),
                "-- case: c\n-- ddl\n" + ddl + "\n-- query\nSELECT 1\n-- dml\n" + dml))
        .getFirst();
  }

  private static TableFamilies families(TestDatabase database) throws SQLException {
    try (Connection connection = database.connect()) {
      return TableFamilies.read(connection);
    }
  }

  private static String words(List<Step> steps) {
    StringBuilder words = new StringBuilder();
    for (Step step : steps) {
      words.append(
          switch (step) {
            case Step.Change change -> change.statement().text().replaceAll("[^0-9]", "") + " ";
            case Step.Creation _ -> "create ";
            case Step.Refresh _ -> "refresh ";
          });
    }
    return words.toString().strip();
  }

  @Test
  void theStreamTableComesBeforeOrAfterTheRows() throws Exception {
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      database.execute(SCHEMA);
      TableFamilies families = families(database);
      SqlCase one =
          read(
              "INSERT INTO parent VALUES (1); CREATE INDEX x ON parent (id); INSERT INTO parent VALUES (2);",
              "DELETE FROM parent WHERE id = 3;\nDELETE FROM parent WHERE id = 4;\n-- refresh\nTRUNCATE child;");
      Timeline viewFirst = new Timeline(one, ReplayOrder.VIEW_FIRST);
      assertThat(viewFirst.preparation())
          .extracting("text")
          .containsExactly("CREATE INDEX x ON parent (id)");
      assertThat(words(viewFirst.steps(families)))
          .isEqualTo("create 1 refresh 2 refresh 3 4 refresh  refresh");
      Timeline dataFirst = new Timeline(one, ReplayOrder.DATA_FIRST);
      assertThat(dataFirst.preparation()).hasSize(3);
      assertThat(words(dataFirst.steps(families))).isEqualTo("create 3 4 refresh  refresh");
    }
  }

  @Test
  void onlyStatementsThatCommuteChangePlaces() throws Exception {
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      database.execute(SCHEMA);
      TableFamilies families = families(database);
      List<String> texts =
          List.of(
              "INSERT INTO parent VALUES (1)",
              "INSERT INTO child VALUES (1)",
              "INSERT INTO \"Other\" SELECT 'parent'::name::text::int",
              "INSERT INTO watched VALUES (1)",
              "INSERT INTO Other VALUES (1)",
              "SELECT 1");
      StringBuilder commuting = new StringBuilder();
      for (String first : texts) {
        for (String second : texts) {
          boolean commute = families.commute(statement(first), statement(second));
          commuting.append(commute ? texts.indexOf(first) + "-" + texts.indexOf(second) + " " : "");
        }
      }
      assertThat(commuting.toString().strip()).isEqualTo("0-2 1-2 2-0 2-1");
    }
  }

  private static CaseStatement statement(String text) {
    return new CaseStatement(text, 1);
  }

  @Test
  void chanceIsTheSameEachTimeAndEndsWithAComparison() throws Exception {
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      database.execute(SCHEMA);
      TableFamilies families = families(database);
      SqlCase one = read(DATA, DATA.repeat(5));
      List<Step> steps = new Timeline(one, ReplayOrder.INTERLEAVED).steps(families);
      assertThat(new Timeline(one, ReplayOrder.INTERLEAVED).steps(families)).isEqualTo(steps);
      assertThat(steps).filteredOn(Step.Change.class::isInstance).hasSize(18);
      assertThat(steps).filteredOn(Step.Creation.class::isInstance).hasSize(1);
      assertThat(steps.getLast()).isNotInstanceOf(Step.Change.class);
      List<String> ofFamily =
          steps.stream()
              .filter(Step.Change.class::isInstance)
              .map(step -> ((Step.Change) step).statement().text())
              .toList();
      assertThat(ofFamily.stream().filter(text -> !text.contains("Other")).toList())
          .as("parents before children")
          .isEqualTo(
              Collections.nCopies(6, DATA).stream()
                  .flatMap(String::lines)
                  .filter(line -> !line.contains("Other"))
                  .map(line -> line.replace(";", ""))
                  .toList());
      assertThat(ofFamily.indexOf("INSERT INTO \"Other\" SELECT 1")).isNotEqualTo(2);
    }
  }
}
