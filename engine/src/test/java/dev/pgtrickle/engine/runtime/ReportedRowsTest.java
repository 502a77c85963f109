package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.postgres.PostgresVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Users look at a table just after they made it: its rows are told as they are. */
class ReportedRowsTest {

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void rows_are_right_from_the_first_report_on(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(
          "CREATE TABLE entry (id int PRIMARY KEY, branch int NOT NULL)",
          "INSERT INTO entry SELECT g, g % 37 FROM generate_series(1, 1000) AS g");
      fixture.start();
      assertThat(
              fixture
                  .bring(
                      fixture.manual(
                          "totals", "SELECT branch, count(*) AS n FROM entry GROUP BY branch"))
                  .rows())
          .isEqualTo(37);

      fixture.database.execute("INSERT INTO entry VALUES (5000, 5000)");
      fixture.refresh("totals");
      assertThat(fixture.engine().report().getFirst().rows()).isEqualTo(38);
      fixture.database.execute("DELETE FROM entry WHERE branch < 7");
      fixture.refresh("totals");
      assertThat(fixture.engine().report().getFirst().rows()).isEqualTo(31);
    }
  }
}
