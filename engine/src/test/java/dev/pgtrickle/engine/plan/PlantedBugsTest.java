package dev.pgtrickle.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.AggregateCall;
import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.delta.GroupState;
import dev.pgtrickle.engine.delta.Netting;
import dev.pgtrickle.engine.delta.StateColumn;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.source.ChangeColumns;
import dev.pgtrickle.engine.source.WindowPredicate;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The random workload would see these mistakes: a test that cannot fail proves nothing. */
class PlantedBugsTest {
  private static final int SEEDS = 4;
  private static final int BATCHES = 40;
  private static final String FROM = " FROM " + RandomWorkload.TABLE;
  private static final MaintenanceRules RIGHT = MaintenanceRules.standard(new WindowPredicate());

  static Stream<Arguments> bugs() {
    return Stream.of(
        Arguments.of(
            "sum over no values is 0 instead of NULL",
            MaintenanceRules.of(ZeroSum::new, RIGHT.netting(), RIGHT.match(), RIGHT.window()),
            "SELECT k, sum(i4) AS s" + FROM + " GROUP BY k"),
        Arguments.of(
            "the same of groups of which some are shown",
            MaintenanceRules.of(ZeroSum::new, RIGHT.netting(), RIGHT.match(), RIGHT.window()),
            "SELECT k, sum(i4) AS s" + FROM + " GROUP BY k HAVING sum(i4) IS NULL OR count(*) > 1"),
        Arguments.of(
            "NaN is added up instead of counted",
            MaintenanceRules.of(AddedNaN::new, RIGHT.netting(), RIGHT.match(), RIGHT.window()),
            "SELECT k, sum(n) AS s" + FROM + " GROUP BY k"),
        Arguments.of(
            "rows are netted by =",
            MaintenanceRules.of(RIGHT.states(), new EqualNetting(), RIGHT.match(), RIGHT.window()),
            "SELECT n2, f" + FROM),
        Arguments.of(
            "a value that came and went is the least",
            MaintenanceRules.of(RIGHT.states(), new NoNetting(), RIGHT.match(), RIGHT.window()),
            "SELECT k, min(i4) AS least, max(k) AS k2" + FROM + " GROUP BY k"),
        Arguments.of(
            "a retracted row is found by =",
            MaintenanceRules.of(RIGHT.states(), RIGHT.netting(), new EqualMatch(), RIGHT.window()),
            "SELECT f" + FROM),
        Arguments.of(
            "changes that were already consumed are read again",
            MaintenanceRules.of(RIGHT.states(), RIGHT.netting(), RIGHT.match(), new RangeOnly()),
            "SELECT k, count(*) AS n" + FROM + " GROUP BY k"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bugs")
  void isDetected(String name, MaintenanceRules wrong, String query) throws SQLException {
    Optional<String> difference = Optional.empty();
    for (long seed = 1; seed <= SEEDS && difference.isEmpty(); seed++) {
      assertThat(
              new RandomRun(TestServers.newest(), seed, RIGHT)
                  .firstDifference(_ -> List.of(query), 5))
          .as("without the bug")
          .isEmpty();
      difference =
          new RandomRun(TestServers.newest(), seed, wrong)
              .firstDifference(_ -> List.of(query), BATCHES);
    }
    assertThat(difference).as(name).isPresent();
  }

  private static final class ZeroSum extends GroupState {
    ZeroSum(Aggregate aggregate) {
      super(aggregate);
    }

    @Override
    protected String sumResult(AggregateCall call) {
      return "coalesce(" + super.sumResult(call) + ", 0)";
    }
  }

  private static final class AddedNaN extends GroupState {
    AddedNaN(Aggregate aggregate) {
      super(aggregate);
    }

    @Override
    public List<StateColumn> columns() {
      return super.columns().stream().map(AddedNaN::unfiltered).toList();
    }

    private static StateColumn unfiltered(StateColumn any) {
      if (!(any instanceof StateColumn.Sum column)) {
        return any;
      }
      boolean counts = column.name().name().startsWith("__nan");
      String all = " FILTER \\(WHERE [^)]* <> 'NaN'\\)";
      return new StateColumn.Sum(
          column.name(),
          column.type(),
          counts ? "0" : column.fromRows().replaceAll(all, ""),
          counts ? "0" : column.fromChanges().replaceAll(all, ""));
    }
  }

  static final class NoNetting extends Netting {
    @Override
    public String net(String source, List<Column> columns) {
      return "SELECT * FROM " + source + " AS input";
    }
  }

  static final class EqualNetting extends Netting {
    @Override
    protected String image(Column column, String value) {
      return value;
    }
  }

  static final class EqualMatch extends RowMatch {
    @Override
    String same(String left, String right, Collection<Identifier> columns) {
      return "NOT ("
          + StorageRows.row(left, columns)
          + " IS DISTINCT FROM "
          + StorageRows.row(right, columns)
          + ")";
    }
  }

  private static final class RangeOnly extends WindowPredicate {
    @Override
    public String newRows(String oldest, String snapshot) {
      return ChangeColumns.TRANSACTION.quoted()
          + " >= '3'::xid8 AND "
          + oldest
          + " IS NOT NULL AND "
          + snapshot
          + " IS NOT NULL";
    }
  }
}
