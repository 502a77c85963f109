package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A stream table, and logins with the rights that docs/sql.md gives them. */
final class SharesFixture {
  static final String SHARES =
      "SELECT branch, sum(100 / amount) AS shares FROM public.entry GROUP BY branch";
  static final String ASK = "SELECT pgtrickle.refresh_stream_table('public', 'shares')";
  static final String CALL = "CALL pgtrickle.refresh_stream_table_and_wait('public', 'shares')";

  private static final String BEGIN = "```sql rights\n";
  private static final String END = "```";

  private SharesFixture() {}

  /** A row whose amount is 0 makes its refresh fail. */
  static EngineFixture withShares(PostgresVersion version) throws SQLException {
    EngineFixture fixture = new EngineFixture(version);
    fixture.database.execute(
        "CREATE TABLE entry (id int PRIMARY KEY, branch int NOT NULL, amount int NOT NULL)",
        "INSERT INTO entry SELECT g, g % 3, g FROM generate_series(1, 30) AS g");
    fixture.start();
    fixture.bring(fixture.manual("shares", SHARES));
    return fixture;
  }

  /** The statements of the page, so that a test runs what is read. */
  static String grantsTo(String role) throws IOException {
    String page = Files.readString(Path.of("..", "docs", "sql.md"));
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    return page.substring(begin, page.indexOf(END, begin)).replace("TO refresher", "TO " + role);
  }

  static SqlUser refresher(EngineFixture fixture) throws Exception {
    SqlUser refresher = new SqlUser(fixture.database, "refresher");
    fixture.database.execute(grantsTo(refresher.role()));
    return refresher;
  }

  static void assertForbidden(ThrowingCallable attempt) {
    assertThatThrownBy(attempt)
        .isInstanceOfSatisfying(
            SQLException.class, refused -> assertThat(refused.getSQLState()).isEqualTo("42501"));
  }
}
