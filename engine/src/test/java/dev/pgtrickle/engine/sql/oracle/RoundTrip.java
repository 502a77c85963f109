package dev.pgtrickle.engine.sql.oracle;

import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.QueryUnparser;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.sql.parser.Bounds;
import dev.pgtrickle.engine.sql.parser.DeepStack;
import dev.pgtrickle.engine.sql.resolve.Resolver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Compares a query with what the front end makes of it. */
final class RoundTrip {
  private static final String TYPES =
      """
      SELECT string_agg(format('%I %s %s', attname, format_type(atttypid, atttypmod), attcollation), ', ' ORDER BY attnum)
      FROM pg_attribute WHERE attrelid = 'pg_temp.oracle_query'::regclass AND attnum > 0
      """;

  private final CanonicalSession session;
  private final UnaryOperator<Operator> rewriting;

  /** How much of the results has to be the same. */
  enum Compared {
    TYPES,
    ROWS
  }

  RoundTrip(CanonicalSession session) {
    this(session, UnaryOperator.identity());
  }

  /**
   * @param rewriting what is done to the plan; it may change nothing about the result
   */
  RoundTrip(CanonicalSession session, UnaryOperator<Operator> rewriting) {
    this.session = session;
    this.rewriting = rewriting;
  }

  /** What is different; empty if nothing is. */
  Optional<String> difference(String canonical, Compared compared) {
    String original = canonical.replaceFirst(";$", "");
    String regenerated = "";
    try {
      session.execute("SET LOCAL search_path = pg_catalog; SET LOCAL quote_all_identifiers = on");
      Operator plan = rewriting.apply(plan(canonical));
      List<Identifier> names = outputs(original);
      regenerated = DeepStack.call(() -> new QueryUnparser().query(plan, names));
      return compare(original, regenerated, compared);
    } catch (SQLException | RuntimeException failure) {
      return Optional.of(
          "%s%n%s%n--%n%s".formatted(failure + trace(failure), original, regenerated));
    } finally {
      session.rollback();
    }
  }

  private static String trace(Exception failure) {
    return failure.getStackTrace().length == 0 || failure instanceof SQLException
        ? ""
        : " at " + List.of(failure.getStackTrace()).subList(0, 3);
  }

  /** The plan of a canonical text, without any rewriting. */
  Operator plan(String canonical) {
    return new Resolver(session.names(), Bounds.standard()).resolve(canonical);
  }

  private List<Identifier> outputs(String sql) throws SQLException {
    session.execute("CREATE TEMP VIEW oracle_query AS " + sql);
    List<Identifier> names = new ArrayList<>();
    try (Statement statement = session.connection().createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT attname FROM pg_attribute
                WHERE attrelid = 'pg_temp.oracle_query'::regclass AND attnum > 0 ORDER BY attnum
                """)) {
      while (row.next()) {
        names.add(Identifier.of(row.getString(1)));
      }
    }
    session.execute("DROP VIEW pg_temp.oracle_query");
    return names;
  }

  private Optional<String> compare(String original, String regenerated, Compared compared)
      throws SQLException {
    String expected = types(original);
    String found = types(regenerated);
    if (!expected.equals(found)) {
      return Optional.of(
          "types%n%s%n%s%n%s%n--%n%s".formatted(expected, found, original, regenerated));
    }
    if (compared == Compared.TYPES) {
      return Optional.empty();
    }
    // User functions with names that are not qualified need the user's own path.
    session.execute("SET LOCAL search_path = public");
    String expectedRows = rows(session, original);
    String foundRows = rows(session, regenerated);
    return expectedRows.equals(foundRows)
        ? Optional.empty()
        : Optional.of(
            "rows%n%s%n%s%n%s%n--%n%s".formatted(expectedRows, foundRows, original, regenerated));
  }

  private String types(String sql) throws SQLException {
    session.execute("CREATE TEMP VIEW oracle_query AS " + sql);
    String types = session.text(TYPES);
    session.execute("DROP VIEW pg_temp.oracle_query");
    return String.valueOf(types);
  }

  /** A digest of the bag of rows by their images: equal values that look different differ. */
  static String rows(CanonicalSession session, String sql) throws SQLException {
    return session.text(
        """
        SELECT count(*) || ' rows, ' || coalesce(md5(string_agg(image, E'\\n' ORDER BY image)), '-')
        FROM (SELECT (q.*)::text COLLATE "C" AS image FROM (%s) AS q) AS images
        """
            .formatted(sql));
  }
}
