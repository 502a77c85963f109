package dev.pgtrickle.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.capture.model.BufferModel;
import dev.pgtrickle.engine.capture.model.Limits;
import dev.pgtrickle.engine.capture.model.Omission;
import dev.pgtrickle.engine.model.Outcome;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * P3, P4, P7 in a model: whatever order things happen in, a consumer that passes the proof has
 * missed no committed change and has none twice. Leaving a rule out is noticed.
 */
class BuffersPinsHorizonsModelTest {
  private static final Limits CLEANING = new Limits(2, 2, 2, 1, 1, 0);
  private static final Limits WITHOUT_SUSPENSION = new Limits(2, 2, 2, 1, 0, 0);
  private static final Limits GAP = new Limits(2, 2, 1, 0, 0, 1);

  @Test
  void cleaningLosesNothing() {
    assertHolds(CLEANING);
  }

  @Test
  void gapsLoseNothing() {
    assertHolds(GAP);
    assertHolds(new Limits(2, 1, 1, 1, 0, 1));
    assertHolds(new Limits(2, 1, 1, 0, 0, 2));
  }

  @Test
  void evenWithoutPinsTheProofLosesNothing() {
    Outcome outcome = explore(new Limits(2, 1, 2, 1, 1, 0), EnumSet.of(Omission.PINS));
    assertThat(outcome.wrong()).isEmpty();
    assertThat(outcome.count(BufferModel.FULL)).isPositive();
  }

  @Test
  @Tag("long")
  void threeWritersLoseNothingEither() {
    assertHolds(new Limits(3, 1, 2, 1, 1, 0));
    assertHolds(new Limits(3, 2, 1, 0, 0, 1));
  }

  static List<Mutation> mutations() {
    return List.of(
        new Mutation(CLEANING, EnumSet.of(Omission.PINS, Omission.PROOF)),
        new Mutation(CLEANING, EnumSet.of(Omission.PINS, Omission.HORIZON)),
        new Mutation(CLEANING, EnumSet.of(Omission.GROWING_HORIZON)),
        new Mutation(WITHOUT_SUSPENSION, EnumSet.of(Omission.TRUNCATE_CHECK)),
        new Mutation(WITHOUT_SUSPENSION, EnumSet.of(Omission.TRUNCATE_CHECK, Omission.PROOF)),
        new Mutation(CLEANING, EnumSet.of(Omission.TRUNCATE_LOCK)),
        new Mutation(GAP, EnumSet.of(Omission.BARRIER)),
        new Mutation(GAP, EnumSet.of(Omission.STAMP)),
        new Mutation(GAP, EnumSet.of(Omission.OPEN_GAP)),
        new Mutation(GAP, EnumSet.of(Omission.PROOF)));
  }

  record Mutation(Limits limits, Set<Omission> omitted) {}

  @ParameterizedTest
  @MethodSource("mutations")
  void leavingARuleOutIsNoticed(Mutation mutation) {
    Outcome outcome = explore(mutation.limits(), mutation.omitted());
    assertThat(outcome.wrong()).as("in " + outcome.states() + " states").isPresent();
  }

  private static void assertHolds(Limits limits) {
    Outcome outcome = explore(limits, EnumSet.noneOf(Omission.class));
    assertThat(outcome.wrong()).isEmpty();
    assertThat(outcome.count(BufferModel.DIFFERENTIAL)).isPositive();
    assertThat(outcome.count(BufferModel.FULL)).as("the proof has refused something").isPositive();
  }

  private static Outcome explore(Limits limits, Set<Omission> omitted) {
    Outcome outcome = BufferModel.of(limits, omitted).explore();
    System.err.printf(
        "%s without %s: %,d states, %,d differential and %,d full refreshes%n",
        limits,
        omitted,
        outcome.states(),
        outcome.count(BufferModel.DIFFERENTIAL),
        outcome.count(BufferModel.FULL));
    return outcome;
  }
}
