package dev.pgtrickle.engine.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import dev.pgtrickle.testbed.questions.Question;
import dev.pgtrickle.testbed.questions.Questions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every query of the suites has an answer: followed, computed again, or refused by name. */
class CorpusPreviewTest {
  /** What may be wrong with a query of a suite, for this build or for an older PostgreSQL. */
  private static final Set<ErrorCode> REFUSALS =
      Set.of(ErrorCode.UNSUPPORTED, ErrorCode.VOLATILE_FUNCTION, ErrorCode.PARSE_ERROR);

  /** One line a case: how it is kept and by what class, or why it is refused. */
  private static final Path PLANS =
      Path.of("src", "test", "resources", "golden", "suite-plans", "corpus.txt");

  /** A rule that is new or lost shows here, with the case that it is about. */
  @Test
  void whatBecomesOfEachCaseIsCommitted() throws SQLException, IOException {
    List<String> lines = new ArrayList<>();
    forEachQuestion(
        TestServers.newest(),
        List.of("corpus"),
        (name, preview) -> lines.add(name.replace(".sql", "") + " " + line(preview)));
    assertThat(lines).containsExactlyElementsOf(Files.readAllLines(PLANS));
  }

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void everyCaseIsAnswered(PostgresVersion version) throws SQLException, IOException {
    Map<String, Integer> answers = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    forEachQuestion(
        version,
        List.of("corpus", "tpch", "nexmark"),
        (name, preview) -> answer(name, preview, answers, wrong));
    assertThat(wrong).isEmpty();
    assertThat(answers.getOrDefault("Differential", 0)).as("%s", answers).isGreaterThan(90);
    assertThat(answers.getOrDefault("Full", 0)).as("%s", answers).isLessThan(80);
    assertThat(answers.getOrDefault("Refused", 0)).as("%s", answers).isLessThan(40);
  }

  private static void forEachQuestion(
      PostgresVersion version, List<String> suites, BiConsumer<String, Preview> use)
      throws SQLException, IOException {
    for (String suite : suites) {
      Path directory = Path.of("src", "test", "resources", suite);
      try (TestDatabase database = TestDatabase.create(version)) {
        database.execute(Files.readString(directory.resolve("schema.sql")));
        ConnectionTarget target = new ConnectionTarget(database.jdbcUrl(), database.user(), "");
        try (QueryPreviewer previewer = QueryPreviewer.open(target, QueryAdvice.none())) {
          for (Question question : questions(suite, directory)) {
            PreviewRequest request =
                PreviewRequest.ofQuery(question.sql(), PreviewRequest.Statements.SHOWN);
            use.accept(question.name(), previewer.preview(request));
          }
        }
      }
    }
  }

  private static String line(Preview preview) {
    return switch (preview) {
      case Preview.Accepted accepted ->
          accepted.mode().word() + ", " + accepted.planClass() + ": " + accepted.reason();
      case Preview.Refused refused -> "refused, " + refused.reason().oneLine();
    };
  }

  private static void answer(
      String name, Preview preview, Map<String, Integer> answers, List<String> wrong) {
    switch (preview) {
      case Preview.Accepted accepted -> {
        answers.merge(accepted.mode().word(), 1, Integer::sum);
        if (accepted.statements().isEmpty() || accepted.reason().isBlank()) {
          wrong.add(name + ": says too little");
        }
      }
      case Preview.Refused refused -> {
        answers.merge("Refused", 1, Integer::sum);
        if (!REFUSALS.contains(refused.reason().code())) {
          wrong.add(name + ": " + refused.reason().oneLine());
        }
      }
    }
  }

  private static List<Question> questions(String suite, Path directory) throws IOException {
    return switch (suite) {
      case "tpch" -> Questions.tpch();
      case "nexmark" -> Questions.nexmark();
      default -> {
        List<Question> questions = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory.resolve("queries"))) {
          for (Path file : files.sorted().toList()) {
            String text = Files.readString(file).strip().replaceFirst(";$", "");
            questions.add(new Question(file.getFileName().toString(), text));
          }
        }
        yield questions;
      }
    };
  }
}
