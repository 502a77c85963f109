package dev.pgtrickle.operator.streamtable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.cnpg.primary.Trouble;
import dev.pgtrickle.crds.streamtable.DeletionPolicy;
import dev.pgtrickle.operator.streamtable.Departure.Claimed;
import dev.pgtrickle.operator.streamtable.Departure.Home;
import dev.pgtrickle.operator.streamtable.Departure.Known;
import dev.pgtrickle.operator.streamtable.Departure.Reach;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cell of the table of deletions. */
class DepartureRuleTest {
  private static final Duration NO_OUTAGE = Duration.ZERO;

  private final DepartureRule rule = new DepartureRule();

  @ParameterizedTest
  @EnumSource(DeletionPolicy.class)
  void whatCanBeReachedIsReleased(DeletionPolicy policy) {
    assertThat(decide(policy, Claimed.EVER, Optional.empty(), Reach.SERVED)).isEqualTo("release");
    assertThat(decide(policy, Claimed.NEVER, Optional.empty(), Reach.SERVED))
        .as("killed between the claim and the first status")
        .isEqualTo("release");
  }

  @ParameterizedTest
  @EnumSource(DeletionPolicy.class)
  void whereTheClusterIsGoneOrAReplicaNobodyWaits(DeletionPolicy policy) {
    for (Reach reach : Reach.values()) {
      assertThat(decide(policy, Claimed.EVER, Optional.of(Trouble.CLUSTER_NOT_FOUND), reach))
          .isEqualTo("skipped");
      assertThat(decide(policy, Claimed.EVER, Optional.of(Trouble.REPLICA_CLUSTER), reach))
          .isEqualTo("skipped");
    }
  }

  static Stream<Trouble> passing() {
    return Arrays.stream(Trouble.values())
        .filter(
            trouble -> trouble != Trouble.CLUSTER_NOT_FOUND && trouble != Trouble.REPLICA_CLUSTER);
  }

  @ParameterizedTest
  @MethodSource("passing")
  void whatMayComeBackIsWaitedForUnlessTheTableIsLeftAnyway(Trouble trouble) {
    for (Reach reach : new Reach[] {Reach.SERVED, Reach.AWAY}) {
      assertThat(decide(DeletionPolicy.RETAIN, Claimed.EVER, Optional.of(trouble), reach))
          .isEqualTo("wait");
      assertThat(decide(DeletionPolicy.DELETE, Claimed.EVER, Optional.of(trouble), reach))
          .isEqualTo("wait");
      assertThat(decide(DeletionPolicy.ORPHAN, Claimed.EVER, Optional.of(trouble), reach))
          .isEqualTo("skipped");
      assertThat(decide(DeletionPolicy.DELETE, Claimed.NEVER, Optional.of(trouble), reach))
          .isEqualTo("go");
    }
  }

  @Test
  void anUnreachableDatabaseIsWaitedFor() {
    assertThat(decide(DeletionPolicy.RETAIN, Claimed.EVER, Optional.empty(), Reach.AWAY))
        .isEqualTo("wait");
    assertThat(decide(DeletionPolicy.DELETE, Claimed.EVER, Optional.empty(), Reach.AWAY))
        .isEqualTo("wait");
    assertThat(decide(DeletionPolicy.ORPHAN, Claimed.EVER, Optional.empty(), Reach.AWAY))
        .isEqualTo("skipped");
  }

  @Test
  void whatWasNeverClaimedWaitsNotForLong() {
    assertThat(decide(DeletionPolicy.RETAIN, Claimed.NEVER, Optional.empty(), Reach.AWAY))
        .isEqualTo("wait");
    assertThat(
            words(
                rule.decide(
                    known(
                        Marks.Leaving.IN_ORDER,
                        Claimed.NEVER,
                        Home.CLUSTER,
                        Reach.AWAY,
                        Duration.ofSeconds(10)))))
        .isEqualTo("go");
  }

  @ParameterizedTest
  @EnumSource(DeletionPolicy.class)
  void withoutItsSecretNobodyWaits(DeletionPolicy policy) {
    assertThat(decide(policy, Claimed.EVER, Optional.empty(), Reach.SECRET_GONE))
        .isEqualTo("skipped");
  }

  @Test
  void aSecretThatIsNotOfferedIsWaitedForAMinute() {
    Duration almost = DepartureRule.PATIENCE_WITH_SECRETS.minusMillis(1);
    assertThat(withoutSecret(Claimed.EVER, NO_OUTAGE)).isEqualTo("wait");
    assertThat(withoutSecret(Claimed.EVER, almost)).isEqualTo("wait");
    assertThat(withoutSecret(Claimed.EVER, DepartureRule.PATIENCE_WITH_SECRETS))
        .isEqualTo("skipped");
    assertThat(withoutSecret(Claimed.NEVER, NO_OUTAGE)).isEqualTo("go");
  }

  @Test
  void anotherServerIsWaitedForAMinute() {
    Duration almost = DepartureRule.PATIENCE_WITH_OTHER_SERVERS.minusMillis(1);
    assertThat(otherServer(almost)).isEqualTo("wait");
    assertThat(otherServer(DepartureRule.PATIENCE_WITH_OTHER_SERVERS)).isEqualTo("skipped");
  }

  @Test
  void whoForcesItIsObeyed() {
    for (Reach reach : Reach.values()) {
      assertThat(
              words(
                  rule.decide(
                      known(Marks.Leaving.FORCED, Claimed.EVER, Home.CLUSTER, reach, NO_OUTAGE))))
          .isEqualTo("skipped");
    }
  }

  private String withoutSecret(Claimed claimed, Duration outage) {
    return words(
        rule.decide(
            known(
                Marks.Leaving.IN_ORDER, claimed, Home.CLUSTER, Reach.SECRET_NOT_OFFERED, outage)));
  }

  private String otherServer(Duration outage) {
    return words(
        rule.decide(
            known(Marks.Leaving.IN_ORDER, Claimed.EVER, Home.OTHER_SERVER, Reach.AWAY, outage)));
  }

  private static Known known(
      Marks.Leaving leaving, Claimed claimed, Home home, Reach reach, Duration outage) {
    return new Known(
        leaving, DeletionPolicy.RETAIN, claimed, Optional.empty(), home, reach, outage);
  }

  private String decide(
      DeletionPolicy policy, Claimed claimed, Optional<Trouble> trouble, Reach reach) {
    return words(
        rule.decide(
            new Known(
                Marks.Leaving.IN_ORDER, policy, claimed, trouble, Home.CLUSTER, reach, NO_OUTAGE)));
  }

  private static String words(Departure departure) {
    return switch (departure) {
      case Departure.Release release -> "release";
      case Departure.Wait wait -> "wait";
      case Departure.Go go -> go.told() == Departure.Told.CLEANUP_SKIPPED ? "skipped" : "go";
    };
  }
}
