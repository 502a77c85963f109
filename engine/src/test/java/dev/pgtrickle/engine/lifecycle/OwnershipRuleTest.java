package dev.pgtrickle.engine.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.definition.AdoptionPolicy;
import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.engine.lifecycle.Owners.Liveness;
import dev.pgtrickle.engine.lifecycle.OwnershipRule.Decision;
import dev.pgtrickle.engine.lifecycle.OwnershipRule.Holder;
import dev.pgtrickle.engine.lifecycle.OwnershipRule.Standing;
import dev.pgtrickle.engine.lifecycle.OwnershipRule.Tenure;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of ownership, a row each. */
class OwnershipRuleTest {
  private static final Origin ME = new Origin("k1", "shop", "totals", "uid-2");
  private static final Origin FORMER_ME = new Origin("k1", "shop", "totals", "uid-1");
  private static final Origin OTHER = new Origin("k1", "shop", "sums", "uid-9");
  private static final Origin ELSEWHERE = new Origin("k2", "shop", "totals", "uid-1");
  private static final Origin SAME_UID_ELSEWHERE = new Origin("k2", "shop", "totals", "uid-2");

  private static final Decision CREATE = new Decision.Create();
  private static final Decision MANAGE = new Decision.Manage();

  static Stream<Arguments> rows() {
    return Stream.of(
        row("own row", held(ME, Liveness.ALIVE), AdoptionPolicy.NEVER, MANAGE),
        row("own row, never asked for", held(ME, Liveness.GONE), AdoptionPolicy.NEVER, MANAGE),
        row("other alive", held(OTHER, Liveness.ALIVE), AdoptionPolicy.IF_ORPHANED, conflict()),
        row(
            "other unsure",
            held(OTHER, Liveness.UNCERTAIN),
            AdoptionPolicy.IF_ORPHANED,
            wait4(OTHER)),
        row("other gone", held(OTHER, Liveness.GONE), AdoptionPolicy.NEVER, refused(OTHER)),
        row(
            "other gone, orphans",
            held(OTHER, Liveness.GONE),
            AdoptionPolicy.IF_ORPHANED,
            adopt(OTHER)),
        row(
            "made again by GitOps",
            held(FORMER_ME, Liveness.GONE),
            AdoptionPolicy.NEVER,
            adopt(FORMER_ME)),
        row(
            "former self not gone yet",
            held(FORMER_ME, Liveness.UNCERTAIN),
            AdoptionPolicy.NEVER,
            wait4(FORMER_ME)),
        row(
            "other Kubernetes",
            held(ELSEWHERE, Liveness.GONE),
            AdoptionPolicy.NEVER,
            refused(ELSEWHERE)),
        row(
            "other Kubernetes, orphans",
            held(ELSEWHERE, Liveness.GONE),
            AdoptionPolicy.IF_ORPHANED,
            adopt(ELSEWHERE)),
        row(
            "same uid elsewhere",
            held(SAME_UID_ELSEWHERE, Liveness.ALIVE),
            AdoptionPolicy.NEVER,
            new Decision.Refuse(new ApplyOutcome.Conflict(SAME_UID_ELSEWHERE))),
        row("leaving", leaving(OTHER), AdoptionPolicy.IF_ORPHANED, wait4(OTHER)),
        row("I am leaving", leaving(ME), AdoptionPolicy.NEVER, wait4(ME)),
        row("own tombstone", tombstone(FORMER_ME), AdoptionPolicy.NEVER, adopt(FORMER_ME)),
        row("other's tombstone", tombstone(OTHER), AdoptionPolicy.NEVER, refused(OTHER)),
        row(
            "other's tombstone, rename",
            tombstone(OTHER),
            AdoptionPolicy.RENAME_EXISTING,
            refused(OTHER)),
        row(
            "other's tombstone, orphans",
            tombstone(OTHER),
            AdoptionPolicy.IF_ORPHANED,
            adopt(OTHER)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void a_row_decides(String name, Holder holder, AdoptionPolicy policy, Decision expected) {
    assertThat(new OwnershipRule().decide(Optional.of(holder), Standing.NOTHING, ME, policy))
        .isEqualTo(expected);
  }

  @Test
  void without_a_row_only_what_stands_there_decides() {
    OwnershipRule rule = new OwnershipRule();
    for (AdoptionPolicy policy : AdoptionPolicy.values()) {
      assertThat(rule.decide(Optional.empty(), Standing.NOTHING, ME, policy)).isEqualTo(CREATE);
      assertThat(rule.decide(Optional.empty(), Standing.FOREIGN_RELATION, ME, policy))
          .isEqualTo(
              policy == AdoptionPolicy.RENAME_EXISTING
                  ? new Decision.CreateInPlaceOf()
                  : new Decision.Refuse(new ApplyOutcome.ObjectExists()));
    }
  }

  private static Arguments row(
      String name, Holder holder, AdoptionPolicy policy, Decision expected) {
    return Arguments.of(name, holder, policy, expected);
  }

  private static Holder held(Origin origin, Liveness liveness) {
    return new Holder(origin, Tenure.OWNED, liveness);
  }

  private static Holder leaving(Origin origin) {
    return new Holder(origin, Tenure.LEAVING, Liveness.ALIVE);
  }

  private static Holder tombstone(Origin origin) {
    return new Holder(origin, Tenure.TOMBSTONE, Liveness.ALIVE);
  }

  private static Decision adopt(Origin previous) {
    return new Decision.Adopt(previous);
  }

  private static Decision conflict() {
    return new Decision.Refuse(new ApplyOutcome.Conflict(OTHER));
  }

  private static Decision wait4(Origin owner) {
    return new Decision.Refuse(new ApplyOutcome.AwaitingOwner(owner));
  }

  private static Decision refused(Origin previous) {
    return new Decision.Refuse(new ApplyOutcome.AdoptionRefused(previous));
  }
}
