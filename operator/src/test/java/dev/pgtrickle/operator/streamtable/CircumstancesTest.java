package dev.pgtrickle.operator.streamtable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.crds.streamtable.DatabaseStatus;
import dev.pgtrickle.crds.streamtable.StreamTableStatus;
import dev.pgtrickle.engine.runtime.DatabaseReport;
import dev.pgtrickle.operator.database.DatabaseStanding;
import dev.pgtrickle.operator.database.DatabaseTrouble;
import dev.pgtrickle.operator.database.DatabaseTrouble.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CircumstancesTest {
  private static final DatabaseStanding SERVED =
      new DatabaseStanding.Served(null, new DatabaseReport("7", 1, 18), 1, Reports.NOW);

  private final Circumstances circumstances = new Circumstances();
  private final DepartureRule rule = new DepartureRule();

  @Test
  void whatServesIsAskedWhateverCredentialsTheResourceNamesByNow() {
    assertThat(departure(Optional.of(SERVED), troubled(Kind.CONFLICT)))
        .isInstanceOf(Departure.Release.class);
    assertThat(departure(Optional.of(SERVED), troubled(Kind.SECRET_NOT_OFFERED)))
        .isInstanceOf(Departure.Release.class);
  }

  @Test
  void withoutAnEngineTheResourcesOwnCredentialsCount() {
    assertThat(departure(Optional.empty(), SERVED)).isInstanceOf(Departure.Release.class);
    assertThat(departure(Optional.of(troubled(Kind.UNREACHABLE)), SERVED))
        .isInstanceOf(Departure.Release.class);
  }

  /** What somebody can put right is waited for; only what is gone for good is not. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void onlyWithoutTheStandardSecretNobodyWaits(Kind kind) {
    Departure departure = departure(Optional.empty(), troubled(kind));
    if (kind == Kind.SECRET_NOT_FOUND) {
      assertThat(departure).isInstanceOf(Departure.Go.class);
    } else {
      assertThat(departure).isInstanceOf(Departure.Wait.class);
    }
  }

  private Departure departure(Optional<DatabaseStanding> live, DatabaseStanding asked) {
    Facts facts = SampleFacts.facts(claimed());
    return rule.decide(
        circumstances.known(facts, circumstances.standing(facts, live, () -> asked)));
  }

  private static DatabaseStanding troubled(Kind kind) {
    return new DatabaseStanding.Troubled(
        new DatabaseTrouble(kind, "what", "remedy"), Reports.NOW.minusSeconds(1));
  }

  private static StreamTableStatus claimed() {
    return new StreamTableStatus(
        4L,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        new DatabaseStatus("7", 1L, 18, null, null),
        List.of());
  }
}
