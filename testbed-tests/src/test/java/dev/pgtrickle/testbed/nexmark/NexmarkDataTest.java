package dev.pgtrickle.testbed.nexmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import dev.pgtrickle.testbed.questions.Question;
import dev.pgtrickle.testbed.questions.Questions;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NexmarkDataTest {
  private static final String FINGERPRINT =
      """
      SELECT string_agg(image, ' ') FROM (
        SELECT sum(hashtextextended(t::text, 0))::text AS image FROM person AS t
        UNION ALL SELECT sum(hashtextextended(t::text, 1))::text FROM auction AS t
        UNION ALL SELECT sum(hashtextextended(t::text, 2))::text FROM bid AS t) AS images\
      """;

  @Test
  void everyQueryHasAnAnswer() throws SQLException {
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      NexmarkData data = new NexmarkData(100, 1);
      database.execute(data.statements().toArray(String[]::new));
      assertThat(database.queryLong("SELECT count(*) FROM bid")).isEqualTo(data.bids());
      for (Question question : Questions.nexmark()) {
        assertThat(database.queryLong("SELECT count(*) FROM (" + question.sql() + ") AS answer"))
            .as(question.name())
            .isPositive();
      }
    }
  }

  /** Also between versions: a difference found on one can be looked for on another. */
  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void aSeedTellsEveryRowOfEveryCycle(PostgresVersion version) throws SQLException {
    String first = afterCycles(version, 5);
    assertThat(afterCycles(TestServers.newest(), 5)).isEqualTo(first);
    assertThat(afterCycles(version, 6)).isNotEqualTo(first);
  }

  private static String afterCycles(PostgresVersion version, long seed) throws SQLException {
    NexmarkData data = new NexmarkData(20, 3);
    try (TestDatabase database = TestDatabase.create(version)) {
      database.execute(data.statements().toArray(String[]::new));
      NexmarkChanges changes = new NexmarkChanges(data, seed, 4);
      for (int cycle = 0; cycle < 25; cycle++) {
        database.execute(changes.cycle().toArray(String[]::new));
      }
      return String.valueOf(database.queryText(FINGERPRINT));
    }
  }
}
