package dev.pgtrickle.cli.command;

import dev.pgtrickle.cli.ExitCodes;
import dev.pgtrickle.cli.demo.kubernetes.DemoOnce;
import dev.pgtrickle.cli.demo.kubernetes.DemoShow;
import dev.pgtrickle.cli.demo.kubernetes.DemoWorld;
import dev.pgtrickle.cli.demo.kubernetes.OperatorProgram;
import dev.pgtrickle.cli.demo.kubernetes.Timings;
import dev.pgtrickle.cli.run.StopSignal;
import dev.pgtrickle.cli.run.Terminal;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the operator at work on a Kubernetes of its own. */
@Command(
    name = "demo",
    description = {
      "Shows the operator at work on a Kubernetes of its own, until Ctrl-C.",
      "Starts a real control plane without nodes, PostgreSQL 18 behind a stand-in for"
          + " CloudNativePG's controller, the operator, a sample shop with live writes, and three"
          + " stream tables. Everything is gone afterwards."
    })
public final class DemoCommand implements Callable<Integer> {
  private final Map<String, String> environment;

  @Spec private CommandSpec spec;

  @Option(
      names = "--once",
      description =
          "Apply the tables, write, request a refresh, compare every table with its query, and end:"
              + " exit code 0 when every table equals its query, 3 when one does not.")
  private boolean once;

  public DemoCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    OperatorProgram program = OperatorProgram.of(environment);
    Terminal terminal = Terminal.detect(spec.commandLine().getOut(), spec.commandLine().getErr());
    try (StopSignal signal = StopSignal.of(Thread.currentThread())) {
      try {
        return run(program, terminal);
      } catch (RuntimeException failure) {
        if (signal.asked()) {
          return ExitCodes.OK;
        }
        throw failure;
      }
    }
  }

  private int run(OperatorProgram program, Terminal terminal) {
    Timings timings = new Timings();
    Terminal progress = once ? terminal.onStandardError() : terminal;
    try (DemoWorld world = DemoWorld.start(program, progress::say, timings)) {
      return once
          ? new DemoOnce(world, terminal, timings).run()
          : new DemoShow(world, terminal).run();
    }
  }
}
