package dev.pgtrickle.cli.demo.kubernetes;

import dev.pgtrickle.cli.output.Figures;
import dev.pgtrickle.cli.output.TextTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** How long each step took, from any thread. */
public final class Timings {
  private final long begun = System.nanoTime();
  private final List<Step> steps = new ArrayList<>();

  private record Step(String what, Duration took) {}

  public <T> T of(String what, Supplier<T> work) {
    long started = System.nanoTime();
    T result = work.get();
    synchronized (this) {
      steps.add(new Step(what, since(started)));
    }
    return result;
  }

  public void of(String what, Runnable work) {
    var _ =
        of(
            what,
            () -> {
              work.run();
              return what;
            });
  }

  /** The steps, in the order in which they ended, and the time since the first began. */
  public synchronized List<String> lines() {
    TextTable table = new TextTable("STEP", ">TOOK");
    steps.forEach(step -> table.row(step.what(), Figures.duration(step.took())));
    table.row("all", Figures.duration(since(begun)));
    return table.lines();
  }

  private static Duration since(long started) {
    return Duration.ofNanos(System.nanoTime() - started);
  }
}
