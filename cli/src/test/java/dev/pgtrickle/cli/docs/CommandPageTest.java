package dev.pgtrickle.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.cli.CommandRun;
import dev.pgtrickle.cli.engine.RecordedEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * docs/cli.md shows the help of every command. To renew it after a change of the options, run this
 * test with the variable PGTRICKLE_WRITE_DOCS set and look at the difference.
 */
class CommandPageTest {
  private static final Path PAGE = Path.of("..", "docs", "cli.md");
  private static final Pattern HELP =
      Pattern.compile("<!-- help:([^>]*?) -->\\R(?:```text\\R.*?\\R```\\R)?", Pattern.DOTALL);

  @Test
  void theHelpOnThePageIsTheHelpOfTheCommand() throws IOException {
    String page = Files.readString(PAGE);
    String renewed = HELP.matcher(page).replaceAll(CommandPageTest::withHelp);
    if (System.getenv("PGTRICKLE_WRITE_DOCS") != null) {
      Files.writeString(PAGE, renewed);
    }
    assertThat(page).isEqualTo(renewed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " demo",
        " run",
        " status",
        " refresh",
        " verify",
        " preview",
        " uninstall",
        " replay",
        " bench",
        " bench latency",
        " bench writer",
        " bench delta",
        " bench tpch",
        " bench growth",
        " version"
      })
  void everyCommandIsOnThePage(String command) throws IOException {
    assertThat(Files.readString(PAGE)).contains("<!-- help:" + command + " -->");
  }

  private static String withHelp(MatchResult match) {
    String command = match.group(1);
    String[] words = (command.isEmpty() ? "help" : command.strip() + " --help").split(" ");
    String help = CommandRun.of(new RecordedEngine(), Map.of(), words).out();
    return Matcher.quoteReplacement(
        "<!-- help:"
            + command
            + " -->\n```text\n"
            + help.stripTrailing()
                .lines()
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n"))
            + "\n```\n");
  }
}
