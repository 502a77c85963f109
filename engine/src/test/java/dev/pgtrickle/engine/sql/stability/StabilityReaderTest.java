package dev.pgtrickle.engine.sql.stability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.relations.FunctionFacts;
import dev.pgtrickle.engine.relations.FunctionReader;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StabilityReaderTest {

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void functionsAreWhatTheirResultRestsOn(PostgresVersion version) throws SQLException {
    try (TestDatabase database = TestDatabase.create(version)) {
      database.execute("CREATE FUNCTION mine(int) RETURNS int LANGUAGE sql STABLE AS 'SELECT $1'");
      assertThat(stability(database, "lower(text)")).isEqualTo(Stability.IMMUTABLE);
      assertThat(stability(database, "to_char(numeric, text)")).isEqualTo(Stability.PINNED);
      assertThat(stability(database, "date_trunc(text, timestamptz)")).isEqualTo(Stability.PINNED);
      assertThat(stability(database, "current_setting(text)")).isEqualTo(Stability.OTHER_STABLE);
      assertThat(stability(database, "to_tsvector(text)")).isEqualTo(Stability.OTHER_STABLE);
      assertThat(stability(database, "public.mine(int)")).isEqualTo(Stability.OTHER_STABLE);
      assertThat(stability(database, "now()")).isEqualTo(Stability.CLOCK);
      assertThat(stability(database, "clock_timestamp()")).isEqualTo(Stability.CLOCK);
      assertThat(stability(database, "random()")).isEqualTo(Stability.VOLATILE);
    }
  }

  /** A misspelt line of the list would never be noticed otherwise. */
  @Test
  void everyLineOfTheListsIsAFunctionOfTheNewestVersion() throws SQLException {
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      for (String signature : StabilityReader.clockSignatures()) {
        assertThat(database.queryText("SELECT to_regprocedure(?)::text", signature))
            .as(signature)
            .isNotNull();
      }
      for (String signature : StabilityReader.pinnedSignatures()) {
        assertThat(
                database.queryText(
                    "SELECT provolatile::text FROM pg_proc WHERE oid = to_regprocedure(?)",
                    signature))
            .as(signature)
            .isIn("s", "i");
      }
    }
  }

  private static Stability stability(TestDatabase database, String signature) throws SQLException {
    try (Connection connection = database.connect()) {
      long oid = database.queryLong("SELECT to_regprocedure(?)::oid::bigint", signature);
      FunctionFacts function = new FunctionReader(connection).read(List.of(oid)).getFirst();
      return new StabilityReader(connection).of(function);
    }
  }
}
