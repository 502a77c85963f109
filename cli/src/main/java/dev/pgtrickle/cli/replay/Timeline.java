package dev.pgtrickle.cli.replay;

import dev.pgtrickle.testbed.cases.CaseScript;
import dev.pgtrickle.testbed.cases.CaseStatement;
import dev.pgtrickle.testbed.cases.SqlCase;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Which statement comes when, and when the stream tables are refreshed. */
final class Timeline {
  private static final long SEED = 20261121;

  /** So often is a refresh that chance decides. */
  private static final int REFRESH_ONE_IN = 3;

  private final SqlCase replayed;
  private final ReplayOrder order;

  Timeline(SqlCase replayed, ReplayOrder order) {
    this.replayed = replayed;
    this.order = order;
  }

  /** The statements before everything else. */
  List<CaseStatement> preparation() {
    return switch (order) {
      case DATA_FIRST -> replayed.ddl().statements();
      case VIEW_FIRST, INTERLEAVED ->
          replayed.ddl().only(statement -> !statement.isData()).statements();
    };
  }

  /**
   * What follows.
   *
   * @param tables how the tables hang together, once the preparation is done
   */
  List<Step> steps(TableFamilies tables) {
    List<Step> steps = new ArrayList<>();
    switch (order) {
      case VIEW_FIRST -> {
        steps.add(new Step.Creation());
        addBatches(steps, firstRows());
        addBatches(steps, replayed.dml());
      }
      case DATA_FIRST -> {
        steps.add(new Step.Creation());
        addBatches(steps, replayed.dml());
      }
      case INTERLEAVED -> addByChance(steps, tables);
    }
    return steps;
  }

  private CaseScript firstRows() {
    return replayed.ddl().only(CaseStatement::isData);
  }

  private static void addBatches(List<Step> steps, CaseScript script) {
    for (List<CaseStatement> batch : script.batches()) {
      batch.stream().map(Step.Change::new).forEach(steps::add);
      steps.add(new Step.Refresh());
    }
  }

  private void addByChance(List<Step> steps, TableFamilies tables) {
    SplittableRandom random = new SplittableRandom(SEED + replayed.name().hashCode());
    List<CaseStatement> written = new ArrayList<>(firstRows().statements());
    written.addAll(replayed.dml().statements());
    List<CaseStatement> shuffled = new Shuffling(tables, random).shuffled(written);
    int creation = random.nextInt(shuffled.size() + 1);
    for (int index = 0; index < shuffled.size(); index++) {
      if (index == creation) {
        steps.add(new Step.Creation());
      }
      steps.add(new Step.Change(shuffled.get(index)));
      boolean last = index == shuffled.size() - 1;
      if (index >= creation && (last || random.nextInt(REFRESH_ONE_IN) == 0)) {
        steps.add(new Step.Refresh());
      }
    }
    if (creation == shuffled.size()) {
      steps.add(new Step.Creation());
    }
  }
}
