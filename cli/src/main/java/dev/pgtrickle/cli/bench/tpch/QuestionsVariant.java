package dev.pgtrickle.cli.bench.tpch;

import dev.pgtrickle.cli.bench.Measure;
import dev.pgtrickle.cli.bench.RoundChanges;
import dev.pgtrickle.cli.bench.TimedVariant;
import dev.pgtrickle.cli.bench.Variant;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** One way of keeping all questions. */
record QuestionsVariant(
    String name, RoundChanges changes, Map<Measure, TimedVariant.Work> questions)
    implements Variant {

  @Override
  public Map<Measure, Double> measure(int round) throws SQLException {
    changes.begin(round);
    Map<Measure, Double> measured = new LinkedHashMap<>();
    for (Map.Entry<Measure, TimedVariant.Work> question : questions.entrySet()) {
      measured.put(question.getKey(), question.getValue().millis());
    }
    return measured;
  }
}
