package dev.pgtrickle.testbed.kubernetes;

import dev.pgtrickle.testbed.machine.ExternalProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs kubectl against one control plane, as the user of a kubeconfig. */
public record Kubectl(Path program, Path kubeconfig, Path cache) {
  /** Runs it to its end with these arguments. */
  public ExternalProgram.Outcome run(String... arguments) {
    return runWithInput("", arguments);
  }

  /** The same, with a text that it reads as the file {@code -}. */
  public ExternalProgram.Outcome runWithInput(String input, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.add("--kubeconfig=" + kubeconfig);
    // Not in the user's home: the next control plane may have the same port.
    command.add("--cache-dir=" + cache);
    command.addAll(List.of(arguments));
    return ExternalProgram.run(command, input);
  }
}
