package dev.pgtrickle.engine.sql.benchmark;

import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.QueryUnparser;
import dev.pgtrickle.engine.algebra.property.CandidateKeys;
import dev.pgtrickle.engine.sql.QueryText;
import dev.pgtrickle.engine.sql.compile.QueryFrontEnd;
import dev.pgtrickle.engine.sql.parser.Bounds;
import dev.pgtrickle.engine.sql.resolve.PostgresNames;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import dev.pgtrickle.testbed.questions.Questions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The 22 questions of TPC-H in canonical text, with every name that they need already read. */
final class CompiledQuestions implements AutoCloseable {
  private final Connection connection;
  private final PostgresNames names;
  private final List<Question> questions = new ArrayList<>();

  record Question(String name, String sql, String canonical) {}

  /** What the engine keeps of a query. */
  record Compiled(Operator plan, String sql) {}

  CompiledQuestions() throws SQLException, IOException {
    TestDatabase database = TestDatabase.create(TestServers.newest());
    database.execute(Files.readString(Path.of("src", "test", "resources", "tpch", "schema.sql")));
    connection = database.connect();
    connection.setAutoCommit(false);
    names = new PostgresNames(connection, Map.of());
    for (dev.pgtrickle.testbed.questions.Question question : Questions.tpch()) {
      questions.add(new Question(question.name(), question.sql(), canonical(question.sql())));
    }
  }

  List<Question> questions() {
    return List.copyOf(questions);
  }

  Question question(String name) {
    return questions.stream()
        .filter(question -> question.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Reads the names of a question: what is compiled afterwards makes no trip. */
  void read(Question question) throws SQLException {
    execute("SET LOCAL search_path = pg_catalog; SET LOCAL quote_all_identifiers = on");
    compile(question);
    connection.rollback();
  }

  /** From the canonical text to the normalised plan, its keys and its SQL. */
  Compiled compile(Question question) {
    Operator plan =
        new QueryFrontEnd(Bounds.standard())
            .plan(new QueryText(question.sql()), question.canonical(), names);
    if (CandidateKeys.of(plan).keys().size() > 1_000) {
      throw new IllegalStateException("more keys than anybody needs: " + question.name());
    }
    return new Compiled(plan, new QueryUnparser().query(plan));
  }

  private String canonical(String sql) throws SQLException {
    execute("SET LOCAL search_path = public");
    execute("CREATE TEMP VIEW question AS " + sql);
    execute("SET LOCAL search_path = pg_catalog; SET LOCAL quote_all_identifiers = on");
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT pg_get_viewdef('pg_temp.question'::regclass)")) {
      row.next();
      return row.getString(1);
    } finally {
      connection.rollback();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
