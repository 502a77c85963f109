package dev.pgtrickle.cli.command;

import dev.pgtrickle.cli.output.OutputForm;
import picocli.CommandLine.Option;

/** In which form a list is printed. */
final class OutputOption {

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "text",
      description = "One of text, json, yaml. Default: text.")
  private OutputForm form = OutputForm.TEXT;

  OutputForm form() {
    return form;
  }
}
