package dev.pgtrickle.engine.advisor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;

/**
 * Tries in many small worlds whether a query and the answer that Calcite proposes have the same
 * rows. Expressions answer by chance in them, so what holds in all of them holds because of its
 * form and not of what the expressions mean. A proposal that no trial can show is dropped.
 */
final class Trial {
  private static final int WORLDS = 1_000;
  private static final int ENOUGH = 25;

  /** Where there was no row in so many worlds, there will be few in others. */
  private static final int PATIENCE = 200;

  private final String streamTable;
  private final RelNode definition;

  /**
   * Trials with a stream table.
   *
   * @param streamTable the name of its table in trees
   * @param definition what its rows are
   */
  Trial(String streamTable, RelNode definition) {
    this.streamTable = streamTable;
    this.definition = definition;
  }

  /** Whether the rows were the same in all worlds, and there were some in enough of them. */
  boolean shows(RelNode query, RelNode proposal) {
    int telling = 0;
    for (int number = 0; number < WORLDS && telling < ENOUGH; number++) {
      if (number == PATIENCE && telling == 0) {
        return false;
      }
      switch (outcome(TrialWorld.of(number), query, proposal)) {
        case DIFFERENT -> {
          return false;
        }
        case SAME -> telling++;
        case NOTHING -> {
          // No row, or too many.
        }
      }
    }
    return telling == ENOUGH;
  }

  private enum Outcome {
    SAME,
    DIFFERENT,
    NOTHING
  }

  private Outcome outcome(TrialWorld world, RelNode query, RelNode proposal) {
    try {
      List<List<Long>> wanted = new TrialRows(world, Map.of()).of(query);
      List<List<Long>> stored = new TrialRows(world, Map.of()).of(definition);
      List<List<Long>> found = new TrialRows(world, Map.of(streamTable, stored)).of(proposal);
      if (!bag(wanted).equals(bag(found))) {
        return Outcome.DIFFERENT;
      }
      return wanted.isEmpty() ? Outcome.NOTHING : Outcome.SAME;
    } catch (Unproven unaffordable) {
      return Outcome.NOTHING;
    }
  }

  private static Map<List<Long>, Integer> bag(List<List<Long>> rows) {
    Map<List<Long>, Integer> bag = new HashMap<>();
    rows.forEach(row -> bag.merge(row, 1, Integer::sum));
    return bag;
  }
}
