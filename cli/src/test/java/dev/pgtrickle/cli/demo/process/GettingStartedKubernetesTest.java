package dev.pgtrickle.cli.demo.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.cli.TrickleCommand;
import dev.pgtrickle.cli.TrickleProcess;
import dev.pgtrickle.cli.docs.PsqlShim;
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
 * Executes docs/getting-started-kubernetes.md against a running demo: its shell blocks are one
 * script, and its text blocks have to come out of that. The block {@code sh setup} is that demo, a
 * block {@code sh fails} has to fail. The block {@code sh once} is {@link DemoOnceTest}.
 */
class GettingStartedKubernetesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BLOCK =
      Pattern.compile("```(sh(?: \\w+)?|text)\\R(.*?)```", Pattern.DOTALL);

  @TempDir private Path directory;

  @Test
  void everyCommandWorksAndPrintsWhatThePageShows() throws Exception {
    List<MatchResult> blocks =
        BLOCK
            .matcher(
                Files.readString(ROOT.resolve("docs").resolve("getting-started-kubernetes.md")))
            .results()
            .toList();
    assertThat(blocks).hasSizeGreaterThan(15);
    wrapper("trickle", TrickleCommand.class);
    wrapper("psql", PsqlShim.class);
    for (String folder : List.of("crds", "deploy")) {
      Files.createSymbolicLink(directory.resolve(folder), ROOT.resolve(folder));
    }
    try (TrickleProcess demo = Demo.start()) {
      String printed = run(script(blocks, Demo.environmentFile(demo)));
      for (MatchResult block : blocks) {
        if (block.group(1).equals("text")) {
          assertThat(printed).contains(block.group(2).stripTrailing());
        }
      }
      assertThat(printed)
          .contains("public.revenue", "Differential", "KIND:       StreamTable")
          .contains(
              "\"rowsDeleted\":1,\"rowsInserted\":0,\"rowsUpdated\":1", "public.balances  Exact")
          .contains(" Created ", " RefreshRequested ")
          .contains("UnsupportedQuery", "LIMIT or OFFSET is not maintained incrementally")
          .doesNotContain("No resources found");
    }
  }

  private String run(String script) throws IOException, InterruptedException {
    Path file = Files.writeString(directory.resolve("script.sh"), script);
    Path output = directory.resolve("output.txt");
    Process process =
        new ProcessBuilder("bash", "-v", file.toString())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(8, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    String printed = Files.readString(output);
    assertThat(process.exitValue()).as(printed).isZero();
    return printed;
  }

  private static String script(List<MatchResult> blocks, Path environment) {
    String commands =
        blocks.stream()
            .map(block ->
                switch (block.group(1)) {
                  case "sh setup" -> ". '" + environment + "'\n";
                  case "sh fails" -> "if " + block.group(2) + "then exit 9; fi\n";
                  case "sh" -> block.group(2);
                  default -> "";
                })
            .collect(Collectors.joining());
    return "set -e\nPATH=\"$PWD:$PATH\"\n" + commands;
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
