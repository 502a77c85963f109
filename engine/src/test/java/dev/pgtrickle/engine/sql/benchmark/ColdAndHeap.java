package dev.pgtrickle.engine.sql.benchmark;

import dev.pgtrickle.engine.sql.benchmark.CompiledQuestions.Compiled;
import dev.pgtrickle.engine.sql.benchmark.CompiledQuestions.Question;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Prints how long the first compilation takes in a process that compiled nothing yet, its trips for
 * names included, and the heap that each compiled question keeps.
 */
public final class ColdAndHeap {
  private static final int COPIES = 300;

  private ColdAndHeap() {}

  public static void main(String[] arguments) throws SQLException, IOException {
    try (CompiledQuestions questions = new CompiledQuestions()) {
      Question first = questions.question(arguments.length > 0 ? arguments[0] : "q02");
      long start = System.nanoTime();
      questions.read(first);
      System.out.printf(
          Locale.ROOT, "first %s: %.0f ms%n", first.name(), (System.nanoTime() - start) / 1e6);
      for (Question question : questions.questions()) {
        questions.read(question);
        System.out.printf(
            Locale.ROOT, "heap %s: %.1f KiB%n", question.name(), kept(questions, question));
      }
    }
    System.exit(0);
  }

  private static double kept(CompiledQuestions questions, Question question) {
    List<Compiled> held = new ArrayList<>(COPIES);
    long before = used();
    for (int copy = 0; copy < COPIES; copy++) {
      held.add(questions.compile(question));
    }
    long after = used();
    if (held.size() != COPIES) {
      throw new IllegalStateException("what was compiled has to be held until here");
    }
    return (after - before) / 1024.0 / COPIES;
  }

  private static long used() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    for (int round = 0; round < 3; round++) {
      memory.gc();
    }
    return memory.getHeapMemoryUsage().getUsed();
  }
}
