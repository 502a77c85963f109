package dev.pgtrickle.cli.demo.kubernetes;

import dev.pgtrickle.cli.run.Terminal;
import dev.pgtrickle.testbed.kubernetes.Kubectl;
import dev.pgtrickle.testbed.machine.ExternalProgram;
import dev.pgtrickle.testbed.machine.TestbedException;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Runs kubectl as a user would, and shows the command line and what came of it. */
final class Transcript {
  private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[\\w@%+=:,./-]+");

  private final Kubectl kubectl;
  private final Terminal terminal;

  Transcript(Kubectl kubectl, Terminal terminal) {
    this.kubectl = kubectl;
    this.terminal = terminal;
  }

  /** Runs one command; it has to succeed. */
  void run(String... words) {
    terminal.say("$ kubectl " + line(words));
    ExternalProgram.Outcome outcome = kubectl.run(words);
    if (!outcome.succeeded()) {
      throw new TestbedException("kubectl %s failed:\n%s".formatted(line(words), outcome.output()));
    }
    outcome.output().lines().forEach(terminal::say);
    terminal.say("");
  }

  /** As it can be pasted into a shell. */
  static String line(String... words) {
    return Arrays.stream(words)
        .map(word -> NEEDS_NO_QUOTES.matcher(word).matches() ? word : "'" + word + "'")
        .collect(Collectors.joining(" "));
  }
}
