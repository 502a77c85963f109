package dev.pgtrickle.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Join;
import dev.pgtrickle.engine.algebra.property.EqualityPairs.Coverage;
import dev.pgtrickle.engine.delta.DeltaNode.SignedRows;
import dev.pgtrickle.engine.delta.DeltaRules;
import dev.pgtrickle.engine.delta.GroupState;
import dev.pgtrickle.engine.delta.JoinTerms;
import dev.pgtrickle.engine.delta.MatchedRows;
import dev.pgtrickle.engine.delta.Netting;
import dev.pgtrickle.engine.delta.Recomputation;
import dev.pgtrickle.engine.delta.StateColumn;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.source.WindowPredicate;
import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Random changes of two tables would see these wrong rules. */
class PlantedRulesTest {
  private static final int BATCHES = 60;
  private static final MaintenanceRules RIGHT = MaintenanceRules.standard(new WindowPredicate());
  private static final String INNER =
      "SELECT r.id, s.id AS s, s.w FROM public.r JOIN public.s ON s.k = r.k";
  private static final String LEFT =
      "SELECT r.id, s.id AS s FROM public.r LEFT JOIN public.s ON s.k = r.k";
  private static final String RESIDUAL =
      "SELECT r.id, s.id AS s FROM public.r LEFT JOIN public.s ON s.k = r.k AND s.w > r.v";
  private static final String ANTI =
      "SELECT r.v FROM public.r WHERE NOT EXISTS (SELECT FROM public.s WHERE s.k = r.k)";
  private static final String NOT_IN =
      "SELECT r.id, r.k FROM public.r WHERE r.k NOT IN (SELECT s.k FROM public.s)";
  private static final String GROUPS =
      "SELECT k, max(v) AS v, array_agg(v ORDER BY v) AS all FROM public.r GROUP BY k";
  private static final String IMAGES =
      "SELECT k, array_agg(n::text ORDER BY n::text) AS n FROM public.r GROUP BY k";
  private static final String ENDS =
      "SELECT k, min(v) AS least, max(v) AS most FROM public.r GROUP BY k";
  private static final String SET = "SELECT k FROM public.r EXCEPT ALL SELECT k FROM public.s";

  static Stream<Arguments> bugs() {
    return Stream.of(
        Arguments.of("the third term of a join is left out", terms(new NoThirdTerm()), INNER),
        Arguments.of("the third term of a join is added", terms(new AddedThirdTerm()), INNER),
        Arguments.of("nothing flips in a left join", matches(new NoFlips()), LEFT),
        Arguments.of("nothing flips in NOT EXISTS", matches(new NoFlips()), ANTI),
        Arguments.of("old matches are those of now", matches(new PresentAsOld()), LEFT),
        Arguments.of("old matches are those of now, NOT EXISTS", matches(new PresentAsOld()), ANTI),
        Arguments.of("changed rows are weighed by what is now", matches(new NowForChanged()), LEFT),
        Arguments.of("keys are netted below a residual", matches(new AlwaysNetted()), RESIDUAL),
        Arguments.of("the regime of NOT IN never changes", matches(new NoUpheaval()), NOT_IN),
        Arguments.of("the old group is the new one", previous(new NothingTakenBack()), GROUPS),
        Arguments.of("copies in the old group are lost", previous(new NoCopies()), GROUPS),
        Arguments.of("copies in an old set are lost", previous(new NoCopies()), SET),
        Arguments.of("the group NULL is forgotten", previous(new NoNullGroup()), GROUPS),
        Arguments.of("the row NULL is forgotten", previous(new NoNullGroup()), SET),
        Arguments.of(
            "the old group is netted by =",
            MaintenanceRules.of(GroupState::new, new EqualNetting(), RIGHT.match(), RIGHT.window()),
            IMAGES),
        Arguments.of(
            "a value that leaves is found again", RIGHT.withNextValue(new LeavingStays()), ENDS),
        Arguments.of("a value that came is overlooked", RIGHT.withNextValue(new NoneCame()), ENDS),
        Arguments.of("the filter is forgotten", filter(), "SELECT id FROM public.r WHERE v > 4"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bugs")
  void isDetected(String name, MaintenanceRules wrong, String query) throws SQLException {
    assertThat(firstDifference(RIGHT, query, 25)).as("without the bug").isEmpty();
    assertThat(firstDifference(wrong, query, BATCHES)).as(name).isPresent();
  }

  private static Optional<String> firstDifference(MaintenanceRules rules, String query, int batches)
      throws SQLException {
    Random random = new Random(20261121);
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      Sessions.installSchemas(database);
      database.execute(
          "CREATE TABLE r (id int PRIMARY KEY, k int, v int, n numeric)",
          "CREATE TABLE s (id int PRIMARY KEY, k int, w int)");
      try (Connection connection = Sessions.pinned(database)) {
        List<CapturedTable> sources =
            List.of(
                CapturedTable.capture(connection, QualifiedName.of("public", "r"), 1),
                CapturedTable.capture(connection, QualifiedName.of("public", "s"), 2));
        MaintainedQuery maintained =
            MaintainedQuery.create(
                connection, used(sources, query), query, "storage", new StatementPlanner(rules));
        List<String> log = new ArrayList<>();
        for (int batch = 0; batch < batches; batch++) {
          for (int count = random.nextInt(4); count >= 0; count--) {
            log.add(statement(random));
            new SqlSession(connection).execute(log.getLast());
          }
          Optional<String> difference = refresh(maintained, random.nextInt(4));
          if (difference.isPresent()) {
            return Optional.of(difference.get() + " after " + String.join(";\n", log));
          }
        }
        return Optional.empty();
      }
    }
  }

  private static List<CapturedTable> used(List<CapturedTable> sources, String query) {
    return query.contains("public.s") ? sources : sources.subList(0, 1);
  }

  private static Optional<String> refresh(MaintainedQuery maintained, int way) {
    try {
      switch (way) {
        case 0 -> maintained.refreshSmall();
        case 1 -> maintained.refreshLarge();
        default -> maintained.refreshChanged();
      }
      String differences = maintained.differences();
      return differences.equals("0") ? Optional.empty() : Optional.of(differences);
    } catch (SQLException failure) {
      return Optional.of(failure.toString());
    }
  }

  private static String statement(Random random) {
    String key = "nullif(" + random.nextInt(7) + ", 0)";
    String value = "nullif(" + random.nextInt(8) + ", 0)";
    int first = random.nextInt(20);
    return switch (random.nextInt(10)) {
      case 0, 1 ->
          "INSERT INTO public.r SELECT n, %s, %s, %s FROM generate_series(%d, %d) AS n ON CONFLICT DO NOTHING"
              .formatted(
                  key,
                  value,
                  random.nextBoolean() ? "1.0" : "1.00",
                  first,
                  first + random.nextInt(4));
      case 2, 3 ->
          "INSERT INTO public.s SELECT n, %s, %s FROM generate_series(%d, %d) AS n ON CONFLICT DO NOTHING"
              .formatted(key, value, first, first + random.nextInt(3));
      case 4 -> "DELETE FROM public.r WHERE id % 6 = " + random.nextInt(6);
      case 5 -> "DELETE FROM public.s WHERE id % 4 = " + random.nextInt(4);
      case 6 ->
          "UPDATE public.r SET k = %s, v = %s, n = %s WHERE id %% 5 = %d"
              .formatted(key, value, random.nextBoolean() ? "1.0" : "1.00", random.nextInt(5));
      case 7 ->
          "UPDATE public.s SET k = %s, w = %s WHERE id %% 4 = %d"
              .formatted(key, value, random.nextInt(4));
      case 8 -> "UPDATE public.s SET w = %s WHERE id %% 3 = %d".formatted(value, random.nextInt(3));
      default ->
          random.nextInt(3) == 0 ? "DELETE FROM public.s" : "UPDATE public.r SET n = n * 1.0";
    };
  }

  private static MaintenanceRules terms(JoinTerms planted) {
    return RIGHT.withDeltas(
        DeltaRules.of(GroupState::new, planted, new MatchedRows(), new Recomputation()));
  }

  private static MaintenanceRules matches(MatchedRows planted) {
    return RIGHT.withDeltas(
        DeltaRules.of(GroupState::new, new JoinTerms(), planted, new Recomputation()));
  }

  private static MaintenanceRules previous(Recomputation planted) {
    return RIGHT.withDeltas(
        DeltaRules.of(GroupState::new, new JoinTerms(), new MatchedRows(), planted));
  }

  private static MaintenanceRules filter() {
    DeltaRules rules = RIGHT.deltas();
    return RIGHT.withDeltas(
        new DeltaRules(
            rules.scan(),
            (filter, inputs, context) -> inputs.getFirst(),
            rules.project(),
            rules.projectSet(),
            rules.join(),
            rules.semiJoin(),
            rules.notIn(),
            rules.setOperation(),
            rules.distinct(),
            rules.group(),
            rules.aggregate()));
  }

  private static final class NoThirdTerm extends JoinTerms {
    @Override
    protected Optional<String> countedTwice(Join join, SignedRows left, SignedRows right) {
      return Optional.empty();
    }
  }

  private static final class AddedThirdTerm extends JoinTerms {
    @Override
    protected Optional<String> countedTwice(Join join, SignedRows left, SignedRows right) {
      return super.countedTwice(join, left, right).map(term -> term.replaceFirst("-", ""));
    }
  }

  private static final class NoFlips extends MatchedRows {
    @Override
    protected String weight(String before, String after) {
      return "CASE WHEN \"__present\" THEN 0 ELSE \"__weight\" * (%s)::int END".formatted(after);
    }
  }

  private static final class PresentAsOld extends MatchedRows {
    @Override
    protected String weight(String before, String after) {
      return super.weight(after, after);
    }
  }

  private static final class NowForChanged extends MatchedRows {
    @Override
    protected String weight(String before, String after) {
      return "CASE WHEN \"__present\" THEN (%1$s)::int - (%2$s)::int ELSE \"__weight\" * (%1$s)::int END"
          .formatted(after, before);
    }
  }

  private static final class AlwaysNetted extends MatchedRows {
    @Override
    protected String unchangedKeys(Coverage coverage) {
      return super.unchangedKeys(Coverage.WHOLE);
    }
  }

  private static final class NoUpheaval extends MatchedRows {
    @Override
    protected String concernsAll(String upheaval, Identifier regime) {
      return "false";
    }
  }

  private static final class NothingTakenBack extends Recomputation {
    @Override
    protected String previous(Identifier present, SignedRows changed, Netting netting) {
      return "SELECT * FROM " + present.quoted();
    }
  }

  private static final class NoCopies extends Recomputation {
    @Override
    protected String previous(Identifier present, SignedRows changed, Netting netting) {
      return "SELECT DISTINCT * FROM (" + super.previous(present, changed, netting) + ") AS copies";
    }
  }

  private static final class NoNullGroup extends Recomputation {
    @Override
    protected String present(String restricted) {
      return restricted.substring(0, restricted.indexOf("\nUNION ALL\n"));
    }
  }

  private static final class LeavingStays extends NextValue {
    @Override
    protected String stays(String changes) {
      return "true";
    }
  }

  private static final class NoneCame extends NextValue {
    @Override
    protected String better(StateColumn.Direction direction, String arrived, String stayed) {
      return stayed;
    }
  }

  private static final class EqualNetting extends Netting {
    @Override
    protected String image(Column column, String value) {
      return value;
    }
  }
}
