package dev.pgtrickle.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.source.WindowPredicate;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P9: 1.0 is not 1.00, -0 is not 0: rows are netted, found and compared by image. */
class P9ImageTest {
  private static final String VERSIONS = "dev.pgtrickle.testbed.postgres.TestServers#versions";
  private static final MaintenanceRules RIGHT = MaintenanceRules.standard(new WindowPredicate());
  private static final String EQUAL_BUT_DIFFERENT = "SELECT n2, f FROM " + RandomWorkload.TABLE;

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void values_that_are_equal_and_look_different_are_told_apart(PostgresVersion version)
      throws SQLException {
    assertThat(differenceWith(version, RIGHT)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void planted_netting_by_equality_loses_a_change_of_the_image(PostgresVersion version)
      throws SQLException {
    assertThat(
            differenceWith(
                version,
                MaintenanceRules.of(
                    RIGHT.states(),
                    new PlantedBugsTest.EqualNetting(),
                    RIGHT.match(),
                    RIGHT.window())))
        .isPresent();
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void planted_finding_the_stored_row_by_equality_retracts_the_wrong_one(PostgresVersion version)
      throws SQLException {
    assertThat(
            differenceWith(
                version,
                MaintenanceRules.of(
                    RIGHT.states(),
                    RIGHT.netting(),
                    new PlantedBugsTest.EqualMatch(),
                    RIGHT.window())))
        .isPresent();
  }

  private static Optional<String> differenceWith(PostgresVersion version, MaintenanceRules rules)
      throws SQLException {
    Optional<String> difference = Optional.empty();
    for (long seed = 1; seed <= 3 && difference.isEmpty(); seed++) {
      difference =
          new RandomRun(version, seed, rules)
              .firstDifference(_ -> List.of(EQUAL_BUT_DIFFERENT), 25);
    }
    return difference;
  }
}
