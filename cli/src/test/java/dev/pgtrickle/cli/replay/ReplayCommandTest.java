package dev.pgtrickle.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pgtrickle.cli.CommandRun;
import dev.pgtrickle.cli.ExitCodes;
import dev.pgtrickle.cli.engine.DirectEngines;
import dev.pgtrickle.cli.engine.Engines;
import dev.pgtrickle.testbed.cases.CaseFileReader;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What replay finds out, what it reports, and how it ends. */
class ReplayCommandTest {
  private static final String TABLES =
      """
      CREATE TABLE sale (id int PRIMARY KEY, area text, amount numeric);
      CREATE TABLE area (name text PRIMARY KEY, country text);
      INSERT INTO area VALUES ('north', 'no'), ('south', 'it');
      INSERT INTO sale SELECT n, CASE WHEN n % 2 = 0 THEN 'north' END, n * 1.10 FROM generate_series(1, 9) AS n;
      """;

  private static final String CHANGES =
      """
      UPDATE sale SET amount = 2.200 WHERE id = 2;
      UPDATE sale SET amount = 0, area = 'south' WHERE id < 4;
      INSERT INTO area VALUES ('north', 'se');
      DELETE FROM sale WHERE id > 6;
      TRUNCATE sale;
      """;

  @TempDir private Path directory;

  private String file(String name, String query) throws IOException {
    return file(name, TABLES, query, CHANGES);
  }

  private String file(String name, String ddl, String query, String dml) throws IOException {
    return Files.writeString(
            directory.resolve(name + ".sql"),
            "-- case: %s\n-- ddl\n%s\n-- query\n%s;\n-- dml\n%s".formatted(name, ddl, query, dml))
        .toString();
  }

  private static CommandRun replay(Engines engines, String... words) {
    List<String> all = new ArrayList<>(List.of("replay"));
    all.addAll(List.of(words));
    if (!all.contains("--jobs")) {
      all.addAll(List.of("--jobs", "1"));
    }
    return CommandRun.of(engines, Map.of(), all.toArray(String[]::new));
  }

  private static CommandRun replay(String... words) {
    return replay(new DirectEngines("test"), words);
  }

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void allOrdersAndModesAreCompared(PostgresVersion version) throws IOException {
    file("grouped", "SELECT area, count(*) AS n FROM sale GROUP BY area");
    file("ranked", "SELECT id, rank() OVER (ORDER BY amount) AS r FROM sale");
    file("chance", "SELECT id, random() AS r FROM sale");
    file("unknown", "SELECT id FROM nowhere");
    Path report = directory.resolve("report.json");
    CommandRun run =
        replay(
            directory.toString(),
            "--pg",
            Integer.toString(version.major()),
            "--report",
            report.toString());
    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCodes.OK);
    assertThat(run.outLines())
        .anySatisfy(line ->
            assertThat(line)
                .startsWith("grouped: differential (algebraic), ")
                .endsWith("; 6 exact"))
        .anySatisfy(line ->
            assertThat(line).startsWith("ranked: full, no delta rule for ").endsWith("; 6 exact"))
        .anySatisfy(line ->
            assertThat(line)
                .startsWith("chance: full, VolatileFunction: ")
                .endsWith("; 3 refused, 3 notComparable"))
        .anySatisfy(line -> assertThat(line).startsWith("unknown: refused, SourceMissing: "))
        .contains("refused: 2 cases", "not comparable: 1 cases")
        .contains("4 cases: 1 by their changes, 2 by full refreshes, 1 refused");
    assertThat(run.outLines().getLast()).isEqualTo("12 passed, 0 failed");
    JsonNode results = new ObjectMapper().readTree(report.toFile()).get("results");
    assertThat(results).hasSize(24);
    assertThat(results)
        .allSatisfy(row ->
            assertThat(row.fieldNames())
                .toIterable()
                .containsExactly(
                    "case", "order", "mode", "outcome", "plan", "class", "reason", "detail"));
    assertThat(results)
        .filteredOn(row -> row.get("case").asText().equals("grouped"))
        .allSatisfy(row -> {
          assertThat(row.get("plan").asText()).isEqualTo("differential");
          assertThat(row.get("class").asText()).isEqualTo("algebraic");
          assertThat(row.get("outcome").asText()).isEqualTo("exact");
        })
        .extracting(row -> row.get("order").asText() + " " + row.get("mode").asText())
        .containsExactly(
            "view-first differential",
            "view-first full",
            "data-first differential",
            "data-first full",
            "interleaved differential",
            "interleaved full");
    assertThat(results)
        .filteredOn(row -> row.get("case").asText().equals("unknown"))
        .allSatisfy(row -> assertThat(row.get("plan").isNull()).isTrue());
  }

  @Test
  void eachStatementIsFollowedByAComparison() throws IOException {
    CommandRun run =
        replay(
            file("counted", "SELECT area, count(*) AS n FROM sale GROUP BY area"),
            "--orders",
            "view-first",
            "--report",
            directory.resolve("r.json").toString());
    assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
    JsonNode results =
        new ObjectMapper().readTree(directory.resolve("r.json").toFile()).get("results");
    assertThat(results).hasSize(2);
    // Created, two statements of ddl, five of dml, of which one fails by itself.
    assertThat(results.get(0).get("detail").asText())
        .startsWith(
            "equal 8 times; 5 refreshes by changes, 0 full; 1 statements of the case fail by themselves")
        .contains("INSERT INTO area VALUES ('north', 'se') (23505: ");
    assertThat(results.get(1).get("detail").asText())
        .startsWith("equal 8 times; 0 refreshes by changes, 5 full");
  }

  @Test
  void aDifferenceIsToldWithItsPlaceAndEndsWithOne() throws IOException {
    String path = file("counted", "SELECT id, area FROM sale");
    CommandRun run =
        replay(new TamperingEngines(new DirectEngines("test")), path, "--orders", "data-first");
    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCodes.FAILED);
    assertThat(run.out())
        .containsPattern(
            "  DIFFERENT data-first, differential: after line 11: UPDATE sale SET amount = 2.200 WHERE id"
                + " = 2: 1 missing, 0 surplus: -\\(5,\\)");
    assertThat(run.outLines().getLast()).isEqualTo("1 passed, 1 failed");
  }

  @Test
  void aQueryThatFailsOverTheRowsIsAtFaultItself() throws IOException {
    CommandRun run =
        replay(
            file("ratio", TABLES, "SELECT id, 1 / amount AS r FROM sale", CHANGES),
            "--report",
            directory.resolve("r.json").toString());
    assertThat(run.exitCode()).as(run.out()).isEqualTo(ExitCodes.OK);
    assertThat(Files.readString(directory.resolve("r.json")))
        .contains("the query itself fails (22012: ");
    assertThat(run.outLines().getLast()).isEqualTo("6 passed, 0 failed");
  }

  @Test
  void aQueryThatCanNeverBeComputedIsRefusedWithItsCode() throws IOException {
    CommandRun run =
        replay(
            file(
                "never",
                TABLES,
                "SELECT id, 1 / (id - id) AS r FROM sale",
                "DELETE FROM sale WHERE id = 1;"),
            "--orders",
            "data-first",
            "--modes",
            "differential");
    assertThat(run.exitCode()).as(run.out()).isEqualTo(ExitCodes.OK);
    assertThat(run.out()).contains("  never: QueryFailed: it cannot be computed over the rows");
    assertThat(run.outLines().getLast()).isEqualTo("0 passed, 0 failed");
  }

  @Test
  void whatATransactionChangesIsComparedWhenItEnds() throws IOException {
    CommandRun run =
        replay(
            file(
                "open",
                TABLES,
                "SELECT id FROM sale",
                "BEGIN; TRUNCATE sale; INSERT INTO sale VALUES (1); COMMIT; BEGIN; DELETE FROM sale;"),
            "--orders",
            "data-first",
            "--modes",
            "full",
            "--report",
            directory.resolve("r.json").toString());
    assertThat(run.exitCode()).as(run.out()).isEqualTo(ExitCodes.OK);
    assertThat(Files.readString(directory.resolve("r.json"))).contains("equal 3 times");
  }

  @Test
  void filesThatAreNoneDoNotStopTheOthers() throws IOException {
    String good = file("good", "SELECT id FROM sale");
    Path bad = Files.writeString(directory.resolve("bad.txt"), "-- case: bad\n-- ddl\n");
    Path empty = Files.createDirectory(directory.resolve("empty"));
    CommandRun run =
        replay(
            good,
            bad.toString(),
            empty.toString(),
            directory.resolve("missing.sql").toString(),
            good,
            "--modes",
            "differential",
            "--orders",
            "data-first");
    assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.errLines())
        .contains(
            bad + ":1: case bad has no section '-- query'",
            empty + ": there is no file *.sql in this directory",
            directory.resolve("missing.sql") + ": there is no such file or directory",
            good + ": case good is in " + good + " already");
    assertThat(run.outLines().getLast()).isEqualTo("1 passed, 0 failed");
  }

  @ParameterizedTest
  @CsvSource({
    "--pg 13, PostgreSQL 13 is not supported",
    "--jobs 0, --jobs is at least 1",
    "--modes quick, quick",
    "--orders backwards, backwards",
    "--report /nowhere/r.json, cannot be written"
  })
  void aWrongCommandLineEndsWithTwo(String options, String words) {
    List<String> all = new ArrayList<>(List.of(directory.toString()));
    all.addAll(List.of(options.split(" ", -1)));
    CommandRun run = replay(all.toArray(String[]::new));
    assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.err()).contains(words);
  }

  @Test
  void onlyWithoutStreamTablesIsAFailureTheCasesOwn() throws Exception {
    String query = "SELECT id FROM sale";
    List<CaseSession.Happening> happened = new ArrayList<>();
    try (ReplayServer server = ReplayServer.start(TestServers.newest(), line -> {})) {
      CaseDatabase database = server.create();
      var read = new CaseFileReader().read(Path.of(file("own", query))).getFirst();
      try (CaseSession session = CaseSession.open(database)) {
        for (var statement : read.ddl().statements()) {
          session.run(statement);
        }
        for (var statement : read.dml().statements()) {
          session.run(statement);
        }
        happened.addAll(session.happened());
      }
      assertThat(new Control(server).blame(happened)).isEmpty();
      CaseSession.Happening last = happened.removeLast();
      happened.add(new CaseSession.Happening(last.statement(), Optional.of("XX000"), "planted"));
      assertThat(new Control(server).blame(happened).orElseThrow())
          .startsWith("not so without a stream table: line 15: TRUNCATE sale (XX000: planted)");
    }
  }
}
