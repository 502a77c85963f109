package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.Schedule;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** What docs/sql.md shows is what happens. */
class SqlPageTest {
  private static final Pattern BLOCK = Pattern.compile("(?s)```sql\n(.*?)```");

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void the_statements_of_the_page_answer_as_they_say(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withOrders(version)) {
      List<List<List<@Nullable Object>>> answers = new ArrayList<>();
      SqlSession session = fixture.session();
      for (String statement : statements()) {
        if (statement.contains("SELECT")) {
          answers.add(session.query(statement));
        } else {
          session.execute(statement);
        }
      }
      assertThat(answers.get(0)).containsExactly(List.of(2, 4L, new BigDecimal("265.00")));
      assertThat(answers.get(1).getFirst().subList(0, 4))
          .isEqualTo(List.of("public.order_totals", "active", "Differential", "every 5s"));
      assertThat(answers.get(2)).as("nothing is a minute behind").isEmpty();
      assertThat(answers.get(3)).hasSize(2);
    }
  }

  private static List<String> statements() throws IOException {
    List<String> statements = new ArrayList<>();
    BLOCK
        .matcher(Files.readString(Path.of("..", "docs", "sql.md")))
        .results()
        .forEach(block -> statements.addAll(List.of(block.group(1).split(";\n", -1))));
    statements.removeIf(String::isBlank);
    return statements;
  }

  /** As they are at the end of docs/getting-started.md, but for the schedule's refreshes. */
  private static EngineFixture withOrders(PostgresVersion version) throws SQLException {
    EngineFixture fixture = new EngineFixture(version);
    fixture.database.execute(
        """
        CREATE TABLE orders (
          id bigint PRIMARY KEY, customer_id integer NOT NULL, amount numeric(10,2) NOT NULL,
          note text)\
        """,
        "INSERT INTO orders SELECT id, id % 3, id, 'order ' || id FROM generate_series(1, 9) AS id",
        "UPDATE orders SET amount = amount + 100 WHERE id = 9",
        "DELETE FROM orders WHERE customer_id = 1");
    fixture.start();
    fixture.bring(
        fixture.definition(
            "order_totals",
            "SELECT customer_id, count(*) AS orders, sum(amount) AS total FROM public.orders GROUP BY customer_id",
            new Schedule.Every(Duration.ofSeconds(5)),
            RefreshMode.AUTO));
    return fixture;
  }
}
