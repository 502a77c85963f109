package dev.pgtrickle.cli.replay;

import dev.pgtrickle.testbed.cases.CaseStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Another order of statements with the same end: only those change places that commute. */
final class Shuffling {
  private final TableFamilies tables;
  private final RandomGenerator random;

  Shuffling(TableFamilies tables, RandomGenerator random) {
    this.tables = tables;
    this.random = random;
  }

  List<CaseStatement> shuffled(List<CaseStatement> written) {
    List<CaseStatement> left = new ArrayList<>(written);
    List<CaseStatement> shuffled = new ArrayList<>();
    while (!left.isEmpty()) {
      List<Integer> free = new ArrayList<>();
      for (int index = 0; index < left.size(); index++) {
        if (commutesWithAll(left.get(index), left.subList(0, index))) {
          free.add(index);
        }
      }
      // The first one is always free.
      shuffled.add(left.remove(free.get(random.nextInt(free.size())).intValue()));
    }
    return shuffled;
  }

  private boolean commutesWithAll(CaseStatement statement, List<CaseStatement> earlier) {
    return earlier.stream().allMatch(other -> tables.commute(statement, other));
  }
}
