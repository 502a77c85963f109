package dev.pgtrickle.engine.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.model.Outcome;
import dev.pgtrickle.engine.refresh.model.Event;
import dev.pgtrickle.engine.refresh.model.GraphModel;
import dev.pgtrickle.engine.refresh.model.Limits;
import dev.pgtrickle.engine.refresh.model.Limits.Refreshes;
import dev.pgtrickle.engine.refresh.model.Omission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * P11 in a model: whatever order things happen in, a stream table that reads another has exactly
 * the rows that the other shows, and both are of one snapshot. Leaving a rule out is noticed.
 */
class P11GraphModelTest {
  private static final Refreshes FEW = new Refreshes(1, 2, 1);
  private static final Set<Event> ALL = EnumSet.allOf(Event.class);

  static List<Set<Event>> events() {
    return List.of(
        Set.of(Event.DEFINITION_CHANGED, Event.DEPENDANT_CREATED, Event.TRIMMED),
        Set.of(Event.CREATED_AGAIN, Event.SUSPENDED, Event.TRIMMED),
        Set.of(Event.RESTORED, Event.DEPENDANT_CREATED, Event.TRIMMED),
        Set.of(Event.DEFINITION_CHANGED, Event.RESTORED, Event.TRIMMED),
        Set.of(Event.DEFINITION_CHANGED, Event.CREATED_AGAIN, Event.TRIMMED),
        Set.of(Event.RESTORED, Event.SUSPENDED, Event.TRIMMED));
  }

  @ParameterizedTest
  @MethodSource("events")
  void dependantsAgreeWithTheirUpstream(Set<Event> events) {
    assertHolds(new Limits(2, FEW, events), EnumSet.noneOf(Omission.class));
  }

  /**
   * Two thirds of a million states a combination: some of them always, all of them now and then.
   */
  @ParameterizedTest
  @MethodSource("events")
  @Tag("long")
  void theFirstUpdaterAloneIsEnough(Set<Event> events) {
    assertHolds(new Limits(2, FEW, events), EnumSet.of(Omission.GUARD));
  }

  @Test
  void theFirstUpdaterAloneIsEnoughForAChangedDefinition() {
    Set<Event> events = Set.of(Event.DEFINITION_CHANGED, Event.DEPENDANT_CREATED, Event.TRIMMED);
    assertHolds(new Limits(2, FEW, events), EnumSet.of(Omission.GUARD));
  }

  @Test
  @Tag("long")
  void allThatMayHappenTogether() {
    assertHolds(new Limits(2, new Refreshes(2, 2, 1), ALL), EnumSet.noneOf(Omission.class));
  }

  static List<Set<Omission>> mutations() {
    return List.of(
        EnumSet.of(Omission.FIRST_UPDATER_WINS, Omission.GUARD),
        EnumSet.of(Omission.STORAGE_OF_A_CHANGE),
        EnumSet.of(Omission.STORAGE_OF_A_NEW_TABLE),
        EnumSet.of(Omission.STORAGE_OF_A_NEW_TABLE, Omission.NUMBER_WITHIN),
        EnumSet.of(Omission.STORAGE_OF_A_RESTORED_TABLE),
        EnumSet.of(Omission.STALENESS_INSIDE),
        EnumSet.of(Omission.PULL),
        EnumSet.of(Omission.OWN_TRANSACTION),
        EnumSet.of(Omission.WHOLE_LOG),
        EnumSet.of(Omission.LOG_PINS, Omission.EVERY_NUMBER));
  }

  @ParameterizedTest
  @MethodSource("mutations")
  void leavingARuleOutIsNoticed(Set<Omission> omitted) {
    Outcome outcome = explore(new Limits(3, new Refreshes(2, 2, 2), ALL), omitted);
    assertThat(outcome.wrong()).as("in " + outcome.states() + " states").isPresent();
  }

  /** An entry that is gone before it was read costs a full refresh, and nothing else. */
  @Test
  void evenWithoutPinsOfTheLogNothingIsLost() {
    Limits limits = new Limits(2, FEW, Set.of(Event.TRIMMED, Event.DEFINITION_CHANGED));
    assertHolds(limits, EnumSet.of(Omission.LOG_PINS));
  }

  private static void assertHolds(Limits limits, Set<Omission> omitted) {
    Outcome outcome = explore(limits, omitted);
    assertThat(outcome.wrong()).isEmpty();
    assertThat(outcome.count(GraphModel.DIFFERENTIAL)).isPositive();
    assertThat(outcome.count(GraphModel.FULL)).as("something was refused").isPositive();
  }

  private static Outcome explore(Limits limits, Set<Omission> omitted) {
    Outcome outcome = GraphModel.of(limits, omitted).explore();
    System.err.printf(
        "%s without %s: %,d states, %,d by the log and %,d full%n",
        limits,
        omitted,
        outcome.states(),
        outcome.count(GraphModel.DIFFERENTIAL),
        outcome.count(GraphModel.FULL));
    return outcome;
  }
}
