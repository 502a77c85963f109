package dev.pgtrickle.engine.sql.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.sql.parser.Bounds;
import dev.pgtrickle.engine.sql.parser.CanonicalParser;
import dev.pgtrickle.engine.sql.parser.DeepStack;
import dev.pgtrickle.engine.sql.token.Lexer;
import dev.pgtrickle.engine.sql.token.Token;
import dev.pgtrickle.engine.sql.tree.SqlPrinter;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The fixpoint oracle: what the parser read, printed again, is the same query to PostgreSQL. It
 * needs no data, and no list of what the language consists of.
 */
class FixpointTest {
  private static final CanonicalParser PARSER = new CanonicalParser(Bounds.standard());

  /** Views with columns of type anyarray, which only initdb can create: compared word by word. */
  static final Set<String> NO_VIEW_OF_THEM =
      Set.of("pg_catalog.pg_stats", "pg_catalog.pg_stats_ext_exprs");

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void everyQueryOfTheSuitesIsItsOwnFixpoint(PostgresVersion version) throws SQLException {
    for (Suite suite : Suite.values()) {
      try (TestDatabase database = TestDatabase.create(version)) {
        database.execute(suite.schema());
        try (CanonicalSession session = new CanonicalSession(database)) {
          List<String> differences = new ArrayList<>();
          List<String> refused = new ArrayList<>();
          for (Suite.Case query : suite.cases()) {
            Optional<String> canonical = session.canonicalOfUser(query.sql());
            if (canonical.isEmpty()) {
              refused.add(query.name());
            } else {
              difference(session, query.name(), canonical.get()).ifPresent(differences::add);
            }
          }
          assertThat(differences).isEmpty();
          assertThat(refused)
              .as(suite + " on " + version)
              .isSubsetOf(RoundTripTest.notKnownTo(version));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void everySystemViewIsItsOwnFixpoint(PostgresVersion version) throws SQLException {
    try (TestDatabase database = TestDatabase.create(version);
        CanonicalSession session = new CanonicalSession(database)) {
      Map<String, Long> views = systemViews(session);
      assertThat(views).hasSizeGreaterThan(120);
      List<String> differences = new ArrayList<>();
      for (Map.Entry<String, Long> view : views.entrySet()) {
        difference(session, view.getKey(), session.canonicalOfView(view.getValue()))
            .ifPresent(differences::add);
      }
      assertThat(differences).isEmpty();
    }
  }

  static Map<String, Long> systemViews(CanonicalSession session) throws SQLException {
    Map<String, Long> views = new LinkedHashMap<>();
    try (Statement statement = session.connection().createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT relnamespace::regnamespace || '.' || relname, oid::bigint FROM pg_class
                WHERE relkind = 'v' AND relnamespace::regnamespace::text IN ('pg_catalog', 'information_schema')
                ORDER BY 1
                """)) {
      while (row.next()) {
        views.put(row.getString(1), row.getLong(2));
      }
    }
    return views;
  }

  /**
   * The judge is PostgreSQL reading its own text again: in a few cases (implicit casts, ROW in
   * lists) that already changes the text.
   */
  static Optional<String> difference(CanonicalSession session, String name, String canonical) {
    String printed = "";
    try {
      printed = DeepStack.call(() -> SqlPrinter.print(PARSER.parse(canonical)));
      if (NO_VIEW_OF_THEM.contains(name)) {
        return words(printed).equals(words(canonical.replaceFirst(";$", "")))
            ? Optional.empty()
            : Optional.of(name + " has other words: " + printed);
      }
      String again = session.canonicalOfOurs(printed);
      return again.equals(canonical)
              || again.equals(session.canonicalOfOurs(canonical.replaceFirst(";$", "")))
          ? Optional.empty()
          : Optional.of("%s%n%s%nbecame%n%s".formatted(name, canonical, again));
    } catch (SQLException | RuntimeException failure) {
      return Optional.of("%s: %s%n%s%n%s".formatted(name, failure, canonical, printed));
    }
  }

  private static List<String> words(String sql) {
    return Lexer.tokens(sql).stream().map(Token::text).toList();
  }
}
