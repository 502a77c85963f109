package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.plan.RowBound;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.source.ChangeColumns;
import dev.pgtrickle.engine.verify.VerificationResult;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Rows beyond the head of a long statement are not indexed; no reader may miss one. */
class LongStatementTest {
  private static final String TOTALS =
      "SELECT branch, count(*) AS n, sum(amount) AS total FROM public.entry GROUP BY branch";
  private static final String ROWS = "SELECT id, amount, branch FROM public.entry";
  private static final List<Integer> LENGTHS =
      List.of(
          ChangeColumns.HEAD_ROWS - 1,
          ChangeColumns.HEAD_ROWS,
          ChangeColumns.HEAD_ROWS + 1,
          ChangeColumns.HEAD_ROWS * 2,
          7_000);

  @Test
  void the_head_of_a_statement_is_longer_than_anybody_reads_who_reads_few() {
    assertThat(ChangeColumns.HEAD_ROWS).isGreaterThan(RowBound.THOUSAND.rows());
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void statements_of_any_length_are_followed_differentially(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(
          "CREATE TABLE entry (id int PRIMARY KEY, branch int, amount numeric(10,2))");
      fixture.start();
      fixture.bring(fixture.manual("totals", TOTALS));
      fixture.bring(fixture.manual("kept", ROWS));
      for (int length : LENGTHS) {
        follow(
            fixture,
            length,
            "INSERT INTO entry SELECT g, g %% 5, g FROM generate_series(1, %d) AS g"
                .formatted(length));
        follow(fixture, length * 2L, "UPDATE entry SET amount = amount * 2");
        fixture.database.execute("INSERT INTO entry VALUES (0, 0, 0)");
        follow(fixture, length + 2, "DELETE FROM entry");
      }
      assertThat(
              fixture.database.queryLong(
                  "SELECT count(*) FROM pgtrickle.history WHERE mode = 'Full' AND cause <> 'Initial'"))
          .isZero();
    }
  }

  /** Tails may only be found through the row that announces them. */
  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_tail_that_nobody_announces_is_lost(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(
          "CREATE TABLE entry (id int PRIMARY KEY, branch int, amount numeric(10,2))");
      fixture.start();
      fixture.bring(fixture.manual("kept", ROWS));
      fixture.database.execute(
          "INSERT INTO entry SELECT g, g % 5, g FROM generate_series(1, 3000) AS g");
      for (String side : List.of("a", "b")) {
        fixture.database.execute(
            "DELETE FROM pgtrickle_data.changes_1_1_%s WHERE marker = %d"
                .formatted(side, ChangeColumns.TAIL_EXISTS));
      }
      fixture.refresh("kept");
      assertThat(fixture.differences("kept", ROWS)).isEqualTo(3000L - ChangeColumns.HEAD_ROWS);
    }
  }

  private static void follow(EngineFixture fixture, long changes, String statement)
      throws Exception {
    fixture.database.execute(statement);
    for (String name : List.of("kept", "totals")) {
      assertThat(report(fixture, name).pendingChanges()).as(statement).isEqualTo(changes);
      assertThat(fixture.engine().verify(QualifiedName.of("public", name)).verdict())
          .isEqualTo(VerificationResult.Verdict.EXACT);
      assertThat(fixture.refresh(name).mode()).isEqualTo("Differential");
      assertThat(reason(fixture, name))
          .as(changes + " changes")
          .isEqualTo(RowBound.of(changes).isPresent() ? "small delta" : "large delta");
      assertThat(report(fixture, name).pendingChanges()).isZero();
    }
    fixture.assertExact("kept", ROWS);
    fixture.assertExact("totals", TOTALS);
  }

  private static String reason(EngineFixture fixture, String name) throws SQLException {
    return fixture.database.queryText(
        """
        SELECT h.reason FROM pgtrickle.history AS h
        JOIN pgtrickle.stream_table AS t ON t.id = h.stream_table_id
        WHERE t.relation_name = '%s' ORDER BY h.id DESC LIMIT 1\
        """
            .formatted(name));
  }

  private static StreamTableReport report(EngineFixture fixture, String name) {
    return fixture.engine().report().stream()
        .filter(report -> report.relation().equals(QualifiedName.of("public", name)))
        .findFirst()
        .orElseThrow();
  }
}
