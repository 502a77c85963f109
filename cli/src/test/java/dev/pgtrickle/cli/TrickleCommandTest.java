package dev.pgtrickle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.cli.engine.RecordedEngine;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.verify.VerificationResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrickleCommandTest {
  private static final String URL = "postgresql://u:geheim@h:5433/d";

  private final RecordedEngine engine = new RecordedEngine();

  @Test
  void theVersionIsALine() {
    CommandRun run = run("version");
    assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(run.out()).matches("trickle \\S+, Java \\d+, PostgreSQL 14 to 18\\R");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "status",
        "refresh",
        "verify",
        "preview",
        "uninstall",
        "replay",
        "version",
        "bench",
        "bench latency",
        "bench writer"
      })
  void everyCommandHasHelp(String command) {
    CommandRun run = run((command + " --help").split(" "));
    assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(run.out()).startsWith("Usage: trickle " + command).contains("--help");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'Missing command: demo, run, status, refresh, verify, preview, uninstall, replay, bench or version'",
    "bench, 'Missing benchmark: latency, chain, diamond, wide, writer, delta, tpch or growth'",
    "status, '--pg=URL'",
    "refresh --pg postgresql://u@h/d, 'NAME'",
    "verify --pg postgresql://u@h/d a.b.c, 'a.b.c'",
    "refresh t --pg postgresql://u@h/d --mode immediate, 'immediate'",
    "refresh t --pg postgresql://u@h/d --timeout 1d, '1d'",
    "status --pg postgresql://u@h/d -o xml, 'xml'",
    "status --pg mysql://u:geheim@h/d, 'the URL is not one of PostgreSQL'",
    "status --pg postgresql://u@h/d postgresql://u:geheim@h/d, 'postgresql://...@h/d'",
    "nonsense, 'nonsense'",
    "preview, '--query'",
    "preview --query x --pg postgresql://u@h/d --ddl f, 'mutually exclusive'",
    "uninstall --pg postgresql://u@h/d --no, '--no'"
  })
  void aWrongCommandLineIsOneLineAndExitCodeTwo(String words, String expected) {
    CommandRun run = run(words.isEmpty() ? new String[0] : words.split(" "));
    assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.errLines())
        .singleElement()
        .satisfies(line ->
            assertThat(line).contains(expected).contains(" --help").doesNotContain("geheim"));
  }

  @Test
  void anErrorIsOneLineWithCodeAndRemedy() {
    engine.failing(
        TrickleException.of(ErrorCode.DATABASE_UNAVAILABLE, "no\nserver", "start it")
            .at("jdbc:postgresql://h/d"));
    CommandRun run = run("status", "--pg", URL);
    assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILED);
    assertThat(run.errLines())
        .containsExactly("DatabaseUnavailable: no server (jdbc:postgresql://h/d) - start it");
  }

  @Test
  void theStackTraceIsThereForWhoeverAsks() {
    engine.failing(TrickleException.of(ErrorCode.INTERNAL, "x", "y"));
    CommandRun run =
        CommandRun.of(engine, Map.of("PGTRICKLE_STACKTRACE", "1"), "status", "--pg", URL);
    assertThat(run.err()).contains("\tat dev.pgtrickle");
  }

  @Test
  void theServerMayComeFromTheEnvironment() {
    CommandRun run = CommandRun.of(engine, Map.of("PGPASSWORD", "p"), "status", "--pg", URL);
    assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(engine.calls().getFirst()).isEqualTo("client jdbc:postgresql://h:5433/d as u");
  }

  @Test
  void statusIsATable() {
    assertThat(run("status", "--pg", URL).outLines())
        .containsExactly(
            "RELATION             STATE    MODE          SCHEDULE      LAG    ROWS     SIZE"
                + "  PENDING  CHANGED     TOOK",
            "public.order_totals  active   Differential  every 30s  350 ms  18,231  2.0 MiB"
                + "        3  +3 ~9 -0  2.1 ms",
            "reporting.Größe      stalled  Full          manual          -       0      0 B"
                + "        0  -              -",
            "reporting.Größe: SourceMissing: table orders is gone (4 times in a row) - create it"
                + " again");
  }

  @Test
  void statusAsJsonHasStableNames() {
    assertThat(run("status", "--pg", URL, "-o", "json").out())
        .isEqualToNormalizingNewlines(
            """
            [ {
              "relation" : "public.order_totals",
              "state" : "active",
              "mode" : "Differential",
              "class" : "algebraic",
              "reason" : "aggregates invertible",
              "schedule" : "every 30s",
              "sources" : [ "public.orders" ],
              "dataTime" : "2026-11-01T10:00:00Z",
              "lagSeconds" : 0.35,
              "rows" : 18231,
              "bytes" : 2097152,
              "pendingChanges" : 3,
              "lastRefresh" : {
                "finishedAt" : "2026-11-01T10:00:00Z",
                "durationMillis" : 2.1,
                "mode" : "Differential",
                "reason" : "aggregates invertible",
                "changes" : 12,
                "rowsInserted" : 3,
                "rowsUpdated" : 9,
                "rowsDeleted" : 0
              },
              "consecutiveFailures" : 0
            }, {
              "relation" : "reporting.Größe",
              "state" : "stalled",
              "mode" : "Full",
              "class" : "full",
              "reason" : "",
              "schedule" : "manual",
              "sources" : [ ],
              "rows" : 0,
              "bytes" : 0,
              "pendingChanges" : 0,
              "consecutiveFailures" : 4,
              "problem" : {
                "code" : "SourceMissing",
                "message" : "table orders is gone",
                "remedy" : "create it again"
              }
            } ]
            """);
  }

  @Test
  void verificationAsYamlHasStableNames() {
    assertThat(run("verify", "order_totals", "--pg", URL, "-o", "yaml").out())
        .isEqualToNormalizingNewlines(
            """
            - relation: public.order_totals
              verdict: Exact
              rows: 1000
              missing: 0
              surplus: 0
              examples: []
            """);
  }

  @Test
  void verifyComparesAllTablesUnlessOneIsNamed() {
    assertThat(run("verify", "--pg", URL).exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(engine.calls())
        .contains("verify public.order_totals", "verify reporting.Größe")
        .endsWith("close");
  }

  @ParameterizedTest
  @CsvSource({"DIFFERENT, Different", "NOT_POPULATED, NotPopulated"})
  void aTableThatIsNotItsQueryIsExitCodeThree(VerificationResult.Verdict verdict, String word) {
    engine.answering(verdict);
    CommandRun run = run("verify", "order_totals", "--pg", URL);
    assertThat(run.exitCode()).isEqualTo(ExitCodes.DIFFERENT);
    assertThat(run.outLines())
        .contains("public.order_totals  " + word + "  1,000        1        0")
        .endsWith("public.order_totals: - (1,20)");
  }

  @Test
  void refreshSaysWhatWasDone() {
    CommandRun run = run("refresh", "order_totals", "--pg", URL);
    assertThat(run.outLines())
        .containsExactly(
            "public.order_totals refreshed in 2.1 ms: Differential (aggregates invertible), 3"
                + " inserted, 9 updated, 0 deleted");
    assertThat(engine.calls()).contains("refresh public.order_totals - PT10M");
  }

  @Test
  void refreshDoesNotWaitForAWorkerThatIsNotThere() {
    engine.withoutWorker();
    CommandRun run = run("refresh", "order_totals", "--pg", URL);
    assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILED);
    assertThat(run.errLines())
        .containsExactly(
            "NotFound: no worker keeps this database current, so nobody would do it - start one:"
                + " trickle run -f DIR --pg URL");
  }

  @Test
  void statusTellsWhenNobodyKeepsTheTablesCurrent() {
    engine.withoutWorker();
    CommandRun run = run("status", "--pg", URL);
    assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(run.errLines())
        .containsExactly("no worker keeps these tables current: start one with trickle run -f DIR");
  }

  @Test
  void uninstallOnlyListsUntilItIsConfirmed() {
    CommandRun run = run("uninstall", "--pg", URL);
    assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.outLines())
        .containsExactly("would remove public.order_totals", "would remove reporting.Größe");
    assertThat(engine.calls()).doesNotContain("uninstall");
  }

  @Test
  void uninstallDoesNotPullTheFloorFromUnderAWorker() {
    CommandRun run = run("uninstall", "--yes", "--pg", URL);
    assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILED);
    assertThat(run.err()).startsWith("Conflict: a worker keeps this database current - stop it");
    assertThat(engine.calls()).doesNotContain("uninstall");
  }

  @Test
  void uninstallSaysWhatItRemoved() {
    engine.withoutWorker();
    CommandRun run = run("uninstall", "--yes", "--pg", URL);
    assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(run.outLines())
        .containsExactly(
            "removed public.order_totals", "removed reporting.Größe", "removed pgtrickle");
    assertThat(engine.calls()).contains("uninstall");
  }

  @ParameterizedTest
  @CsvSource({"full, Full", "FULL, Full", "differential, Differential"})
  void refreshCanInsistOnAMode(String word, String mode) {
    run("refresh", "x.t", "--pg", URL, "--mode", word, "--timeout", "1m30s");
    assertThat(engine.calls()).contains("refresh x.t " + mode + " PT1M30S");
  }

  @Test
  void aTableThatIsNotThereIsNamed() {
    CommandRun run = run("refresh", "missing", "--pg", URL);
    assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILED);
    assertThat(run.errLines())
        .containsExactly("NotFound: there is no stream table public.missing - see trickle status");
  }

  @Test
  void manifestsThatAreWrongAreReportedTogetherAndNothingIsDone(@TempDir Path directory)
      throws Exception {
    Path file = directory.resolve("tables.yaml");
    Files.writeString(
        file,
        """
        apiVersion: pgtrickle.dev/v1alpha1
        kind: StreamTable
        metadata: {name: a}
        spec: {cluster: {name: pg}, database: app, query: SELECT 1, tier: Hot, ower: x}
        """);
    CommandRun run = run("run", "--once", "-f", file.toString(), "--pg", URL);
    assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.errLines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).startsWith(file + ":4:"))
        .anySatisfy(line -> assertThat(line).contains("unknown field; did you mean owner?"))
        .anySatisfy(line -> assertThat(line).contains("tier Hot is not supported yet"));
    assertThat(engine.calls()).isEmpty();
  }

  @Test
  void onceAppliesRefreshesAndVerifiesEveryTable(@TempDir Path directory) throws Exception {
    CommandRun run = runOnce(directory);
    assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(run.outLines())
        .containsExactly(
            "RELATION   VERDICT   ROWS  MISSING  SURPLUS",
            "public.t1  Exact    1,000        0        0");
    assertThat(run.errLines()).containsExactly("public.t1 created and loaded");
    assertThat(engine.calls())
        .containsExactly(
            "own jdbc:postgresql://h:5433/app as u",
            "apply public.t1",
            "refresh public.t1 - PT30M",
            "verify public.t1",
            "close");
  }

  @Test
  void onceEndsWithThreeWhenATableIsNotItsQuery(@TempDir Path directory) throws Exception {
    engine.answering(VerificationResult.Verdict.DIFFERENT);
    assertThat(runOnce(directory).exitCode()).isEqualTo(ExitCodes.DIFFERENT);
  }

  @Test
  void onceEndsWithOneWhenATableIsRefused(@TempDir Path directory) throws Exception {
    engine.failing(
        TrickleException.of(ErrorCode.UNSUPPORTED, "no JOIN yet", "wait").at("line 1, column 8"));
    CommandRun run = runOnce(directory);
    assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILED);
    assertThat(run.errLines())
        .singleElement()
        .satisfies(line ->
            assertThat(line)
                .endsWith(
                    "tables.yaml:3:12: public.t1: Unsupported: no JOIN yet (line 1, column 8)"
                        + " - wait"));
  }

  private CommandRun runOnce(Path directory) throws Exception {
    Path file = directory.resolve("tables.yaml");
    Files.writeString(
        file,
        """
        apiVersion: pgtrickle.dev/v1alpha1
        kind: StreamTable
        metadata: {name: t1}
        spec: {cluster: {name: pg}, database: app, query: SELECT 1}
        """);
    return run("run", "--once", "-f", file.toString(), "--pg", URL);
  }

  private CommandRun run(String... words) {
    return CommandRun.of(engine, Map.of(), words);
  }
}
