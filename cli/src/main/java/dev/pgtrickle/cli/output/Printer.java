package dev.pgtrickle.cli.output;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;

/** Prints a list in the form that was asked for. */
public final class Printer {
  private final PrintWriter out;
  private final Documents documents = new Documents();

  public Printer(PrintWriter out) {
    this.out = out;
  }

  public void print(OutputForm form, Object view, Supplier<List<String>> text) {
    switch (form) {
      case TEXT -> text.get().forEach(out::println);
      case JSON -> out.println(documents.json(view));
      case YAML -> out.println(documents.yaml(view));
    }
    out.flush();
  }
}
