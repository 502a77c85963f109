package dev.pgtrickle.binding.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresUrlTest {
  private static final Map<String, String> NOTHING = Map.of();

  @ParameterizedTest
  @CsvSource({
    "postgresql://u:p@h:5433/d, jdbc:postgresql://h:5433/d, u, p",
    "postgres://u:p@h/d, jdbc:postgresql://h/d, u, p",
    "jdbc:postgresql://h:1/d?user=u&password=p, jdbc:postgresql://h:1/d, u, p",
    "postgresql://u:p@h/d?sslmode=require, jdbc:postgresql://h/d?sslmode=require, u, p",
    "postgresql://u%40x:p%2Fq%20r@h/d, jdbc:postgresql://h/d, u@x, p/q r",
    "postgresql://u:p+q@h/d, jdbc:postgresql://h/d, u, p+q",
    "postgresql://u:p:q@h/d, jdbc:postgresql://h/d, u, p:q",
    "postgresql://u:p@h1:1/d, jdbc:postgresql://h1:1/d, u, p",
    "postgresql://u:p@[::1]:5432/d, jdbc:postgresql://[::1]:5432/d, u, p",
    "postgresql://u:p@h, jdbc:postgresql://h/u, u, p",
    "postgresql://u:p@/d, jdbc:postgresql://localhost:5432/d, u, p",
    "postgresql://u:p@h/my%20db, jdbc:postgresql://h/my%20db, u, p",
    "postgresql://u@h/d, jdbc:postgresql://h/d, u, ''"
  })
  void aUrlIsTakenApart(String text, String jdbc, String user, String password) {
    assertThat(PostgresUrl.parse(text).target(NOTHING))
        .isEqualTo(new ConnectionTarget(jdbc, user, password));
  }

  @Test
  void severalHostsAreLeftToTheDriver() {
    assertThat(PostgresUrl.parse("postgresql://u:p@h1:1,h2:2/d").target(NOTHING).url())
        .isEqualTo("jdbc:postgresql://h1:1,h2:2/d");
  }

  @Test
  void theEnvironmentFillsTheGaps() {
    Map<String, String> environment = Map.of("PGUSER", "me", "PGPASSWORD", "s", "PGDATABASE", "db");
    assertThat(PostgresUrl.parse("postgresql://h").target(environment))
        .isEqualTo(new ConnectionTarget("jdbc:postgresql://h/db", "me", "s"));
  }

  @Test
  void theUrlWinsOverTheEnvironment() {
    Map<String, String> environment = Map.of("PGUSER", "me", "PGPASSWORD", "s", "PGDATABASE", "db");
    assertThat(PostgresUrl.parse("postgresql://u:p@h/d").target(environment))
        .isEqualTo(new ConnectionTarget("jdbc:postgresql://h/d", "u", "p"));
  }

  @Test
  void anotherDatabaseReplacesThePath() {
    ConnectionTarget target =
        PostgresUrl.parse("postgresql://u:p@h/d?sslmode=require")
            .withDatabase("a b")
            .target(NOTHING);
    assertThat(target.url()).isEqualTo("jdbc:postgresql://h/a%20b?sslmode=require");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://u:geheim@h/d",
        "postgresql://u:geh^eim geheim@h/d",
        "jdbc:mysql://h/d?password=geheim",
        "geheim",
        "postgresql://:geheim%@h/d"
      })
  void aRefusalNeverShowsThePassword(String text) {
    assertThatThrownBy(() -> PostgresUrl.parse(text))
        .isInstanceOf(TrickleException.class)
        .satisfies(refusal ->
            assertThat(((TrickleException) refusal).oneLine())
                .doesNotContain("geheim")
                .contains("postgresql://user:password@host:5432/database"));
  }

  @Test
  void nothingOfItShowsThePassword() {
    PostgresUrl url = PostgresUrl.parse("postgresql://u:geheim@h/d");
    assertThat(url.toString()).isEqualTo("postgresql://h/d");
    assertThat(url.target(NOTHING).toString()).doesNotContain("geheim");
  }

  @Test
  void aUrlWithoutUserIsRefused() {
    PostgresUrl url = PostgresUrl.parse("postgresql://h/d");
    assertThatThrownBy(() -> url.target(NOTHING)).hasMessageContaining("names no user");
  }
}
