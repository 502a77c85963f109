package dev.pgtrickle.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.cli.TrickleCommand;
import dev.pgtrickle.cli.TrickleProcess;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Executes docs/getting-started.md: its shell blocks are one script, and its text blocks have to
 * come out of that. A block {@code sh setup} is replaced by a database of the test's own, a block
 * {@code sh fails} has to fail.
 */
class GettingStartedTest {
  private static final Pattern BLOCK =
      Pattern.compile("```(sh(?: \\w+)?|text)\\R(.*?)```", Pattern.DOTALL);

  @TempDir private Path directory;

  @Test
  void everyCommandWorksAndPrintsWhatThePageShows() throws Exception {
    List<MatchResult> blocks =
        BLOCK
            .matcher(Files.readString(Path.of("..", "docs", "getting-started.md")))
            .results()
            .toList();
    assertThat(blocks).hasSizeGreaterThan(8);
    wrapper("trickle", TrickleCommand.class);
    wrapper("psql", PsqlShim.class);
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      Path script = directory.resolve("script.sh");
      Files.writeString(script, script(blocks, database));
      Path output = directory.resolve("output.txt");
      Process process =
          new ProcessBuilder("bash", script.toString())
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try {
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      String printed = Files.readString(output);
      assertThat(process.exitValue()).as(printed).isZero();
      for (MatchResult block : blocks) {
        if (block.group(1).equals("text")) {
          assertThat(printed).contains(block.group(2).stripTrailing());
        }
      }
      assertThat(printed).contains("permission denied for view order_totals");
      assertThat(
              database.queryLong(
                  "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'pgtrickle%'"))
          .isZero();
    }
  }

  private String script(List<MatchResult> blocks, TestDatabase database) {
    String commands =
        blocks.stream()
            .map(block ->
                switch (block.group(1)) {
                  case "sh setup" ->
                      "export PGTRICKLE_PG=%s\n"
                          .formatted(database.jdbcUrl().replace("jdbc:", "'jdbc:") + "'");
                  case "sh fails" -> "if " + block.group(2) + "then exit 9; fi\n";
                  case "sh" -> block.group(2);
                  default -> "";
                })
            .collect(Collectors.joining());
    return "set -e\nPATH=\"$PWD:$PATH\"\n"
        + commands.replace("database: app\n", "database: " + database.name() + "\n");
  }

  private void wrapper(String name, Class<?> program) throws IOException {
    Path file = directory.resolve(name);
    String command =
        TrickleProcess.command(program).stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    Files.writeString(file, "#!/bin/sh\nexec " + command + " \"$@\"\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
