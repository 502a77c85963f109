package dev.pgtrickle.cli.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Takes results in any order and tells them in the order of the cases. */
public final class ReplayTally {
  private final TreeMap<Integer, List<CaseResult>> waiting = new TreeMap<>();
  private final List<CaseResult> results = new ArrayList<>();
  private final Consumer<List<CaseResult>> teller;
  private int told;
  private int finished;

  /**
   * A tally.
   *
   * @param teller hears the results of each case
   */
  public ReplayTally(Consumer<List<CaseResult>> teller) {
    this.teller = teller;
  }

  /** Takes the results of a case; returns how many cases there were so far. */
  public synchronized int add(int index, List<CaseResult> ofCase) {
    waiting.put(index, ofCase);
    finished++;
    while (waiting.containsKey(told)) {
      List<CaseResult> next = Objects.requireNonNull(waiting.remove(told));
      told++;
      results.addAll(next);
      teller.accept(next);
    }
    return finished;
  }

  /** Everything that was told, in order. */
  public synchronized List<CaseResult> results() {
    return List.copyOf(results);
  }
}
