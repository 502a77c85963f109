package dev.pgtrickle.engine.sql.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.rewrite.Normalisation;
import dev.pgtrickle.engine.sql.compile.PlanTypes;
import dev.pgtrickle.engine.sql.parser.DeepStack;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every column of a plan gets the type that PostgreSQL gives it; the output that of the query. */
class PlanTypesTest {

  /** SEARCH adds a column of type record[], and no view can have one. */
  private static final Set<String> WITH_RECORDS = Set.of("cte_rec_search");

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void everyColumnGetsItsType(PostgresVersion version) throws SQLException {
    Set<String> undetermined = new TreeSet<>();
    List<String> different = new ArrayList<>();
    for (Suite suite : Suite.values()) {
      try (TestDatabase database = TestDatabase.create(version)) {
        database.execute(suite.schema());
        try (CanonicalSession session = new CanonicalSession(database)) {
          for (Suite.Case query : suite.cases()) {
            Optional<String> canonical = session.canonicalOfUser(query.sql());
            if (canonical.isEmpty()) {
              continue;
            }
            session.execute(
                "SET LOCAL search_path = pg_catalog; SET LOCAL quote_all_identifiers = on");
            Operator typed = typed(session, canonical.get());
            if (columns(typed).anyMatch(column -> column.type().isUndetermined())) {
              undetermined.add(query.name());
            }
            String expected = outputTypes(session, canonical.get());
            String found =
                String.join(
                    ", ", typed.columns().stream().map(column -> column.type().text()).toList());
            if (!expected.equals(found)) {
              different.add(query.name() + ": " + expected + " / " + found);
            }
            session.connection().rollback();
          }
        }
      }
    }
    assertThat(different).isEmpty();
    assertThat(undetermined).isSubsetOf(WITH_RECORDS);
  }

  private static Operator typed(CanonicalSession session, String canonical) throws SQLException {
    Operator plan =
        DeepStack.call(() -> new Normalisation().apply(new RoundTrip(session).plan(canonical)));
    return new PlanTypes(session.connection()).typed(plan);
  }

  private static String outputTypes(CanonicalSession session, String canonical)
      throws SQLException {
    session.execute("CREATE TEMP VIEW oracle_query AS " + canonical.replaceFirst(";$", ""));
    return String.valueOf(
        session.text(
            """
            SELECT coalesce(string_agg(format_type(atttypid, atttypmod), ', ' ORDER BY attnum), '')
            FROM pg_attribute WHERE attrelid = 'pg_temp.oracle_query'::regclass AND attnum > 0
            """));
  }

  /** All columns that a plan makes, those of queries within expressions included. */
  private static Stream<Column> columns(Operator plan) {
    Stream<Operator> queries =
        plan.scalars().stream()
            .flatMap(scalar -> scalar.withAllOperands().stream())
            .flatMap(scalar -> scalar.query().stream());
    return Stream.concat(
        plan.columns().stream(),
        Stream.concat(plan.inputs().stream(), queries).flatMap(PlanTypesTest::columns));
  }
}
