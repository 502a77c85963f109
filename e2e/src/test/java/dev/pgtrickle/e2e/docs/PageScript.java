package dev.pgtrickle.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.e2e.program.Shipped;
import dev.pgtrickle.e2e.program.ShippedTrickle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page of the documentation as one shell script: its blocks {@code sh} are the commands, its
 * blocks {@code text} have to come out of them. The block {@code sh setup} is replaced by what the
 * test brings, a block {@code sh fails} has to fail, any other {@code sh ...} is not run here.
 */
final class PageScript {
  private static final Pattern BLOCK =
      Pattern.compile("```(sh(?: \\w+)?|text)\\R(.*?)```", Pattern.DOTALL);

  private final List<MatchResult> blocks;
  private final Path directory;

  private PageScript(List<MatchResult> blocks, Path directory) {
    this.blocks = blocks;
    this.directory = directory;
  }

  /** Reads a page of docs/; its script will run in this directory, which has to be empty. */
  static PageScript read(String page, Path directory) throws IOException {
    String text = Files.readString(Shipped.ROOT.resolve("docs").resolve(page));
    return new PageScript(BLOCK.matcher(text).results().toList(), directory);
  }

  /** How many blocks there are. */
  int size() {
    return blocks.size();
  }

  /** Makes the folders of the checkout that the page names reachable. */
  PageScript linking(String... folders) throws IOException {
    for (String folder : folders) {
      Files.createSymbolicLink(directory.resolve(folder), Shipped.ROOT.resolve(folder));
    }
    return this;
  }

  /** The commands, with {@code setup} in the place of the page's own. */
  String commands(String setup) {
    return blocks.stream()
        .map(block ->
            switch (block.group(1)) {
              case "sh setup" -> setup + "\n";
              case "sh fails" -> "if " + block.group(2) + "then exit 9; fi\n";
              case "sh" -> block.group(2);
              default -> "";
            })
        .collect(Collectors.joining());
  }

  /** Runs commands to their good end, and returns what they printed: all that the page shows. */
  String run(String commands) throws IOException, InterruptedException {
    program("trickle", ShippedTrickle.command());
    List<String> psql = new ArrayList<>(Shipped.java());
    psql.addAll(List.of("-cp", System.getProperty("java.class.path"), PsqlShim.class.getName()));
    program("psql", psql);
    Path script = directory.resolve("script.sh");
    Files.writeString(script, "set -e\nPATH=\"$PWD:$PATH\"\n" + commands);
    Path output = directory.resolve("output.txt");
    Process process =
        new ProcessBuilder("bash", "-v", script.toString())
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
    for (MatchResult block : blocks) {
      if (block.group(1).equals("text")) {
        assertThat(printed).contains(block.group(2).stripTrailing());
      }
    }
    return printed;
  }

  private void program(String name, List<String> command) throws IOException {
    Path file = directory.resolve(name);
    String words = command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    Files.writeString(file, "#!/bin/sh\nexec " + words + " \"$@\"\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
