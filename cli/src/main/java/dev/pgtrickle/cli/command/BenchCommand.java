package dev.pgtrickle.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of the benchmarks. */
@Command(
    name = "bench",
    description = "Measures on this machine, on an embedded PostgreSQL 18 or a given database.",
    synopsisSubcommandLabel = "BENCHMARK")
public final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Missing benchmark: latency, chain, diamond, wide, writer, delta, tpch or growth");
  }
}
