package dev.pgtrickle.cli.bench;

import dev.pgtrickle.cli.engine.Engines;
import dev.pgtrickle.cli.engine.PreviewClient;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.preview.Preview;
import dev.pgtrickle.engine.preview.PreviewRequest;
import dev.pgtrickle.testbed.questions.Question;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the engine would keep questions over the tables of a schema. */
public final class QuestionPlans {
  private QuestionPlans() {}

  /** Of each question, in order. */
  public static Map<Question, Preview.Accepted> of(
      Engines engines, ConnectionTarget target, String schema, List<Question> questions) {
    Map<Question, Preview.Accepted> plans = new LinkedHashMap<>();
    try (PreviewClient previews = engines.previews(target, List.of())) {
      for (Question question : questions) {
        PreviewRequest request =
            PreviewRequest.of(
                BenchTables.manual(
                    QualifiedName.of(schema, question.name()), question.sql(), RefreshMode.AUTO),
                PreviewRequest.Statements.HIDDEN);
        switch (previews.preview(request)) {
          case Preview.Accepted accepted -> plans.put(question, accepted);
          case Preview.Refused refused -> throw refused.reason();
        }
      }
    }
    return plans;
  }
}
