package dev.pgtrickle.engine.sql.oracle;

import dev.pgtrickle.testbed.questions.Question;
import dev.pgtrickle.testbed.questions.Questions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Queries over a small schema with data. */
enum Suite {
  CORPUS,
  TPCH,
  NEXMARK;

  /** A query without its final semicolon. */
  record Case(String name, String sql) {}

  String schema() {
    return read(directory().resolve("schema.sql"));
  }

  /** Statements that change the data. */
  Optional<String> changes() {
    Path file = directory().resolve("changes.sql");
    return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
  }

  List<Case> cases() {
    return switch (this) {
      case CORPUS -> files();
      case TPCH -> cases(Questions.tpch());
      case NEXMARK -> cases(Questions.nexmark());
    };
  }

  private List<Case> files() {
    try (Stream<Path> files = Files.list(directory().resolve("queries"))) {
      return files.sorted().map(Suite::queryOf).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static List<Case> cases(List<Question> questions) {
    return questions.stream().map(question -> new Case(question.name(), question.sql())).toList();
  }

  private Path directory() {
    return Path.of("src", "test", "resources", name().toLowerCase(java.util.Locale.ROOT));
  }

  private static Case queryOf(Path file) {
    String text = read(file).strip();
    return new Case(file.getFileName().toString().replace(".sql", ""), text.replaceFirst(";$", ""));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
