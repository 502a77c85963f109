package dev.pgtrickle.cnpg.primary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.cnpg.cluster.ClusterView;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrimaryDecisionTest {
  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

  private final PrimaryDecision decision = new PrimaryDecision();

  @ParameterizedTest
  @ValueSource(strings = {"switchover", "failover", "flicker", "missed"})
  void followsWhatWasObserved(String timeline) throws IOException {
    PrimaryObservation observation = PrimaryObservation.none();
    for (String line : lines(timeline)) {
      String[] cells = line.split("\\|", -1);
      Instant now = START.plusMillis(Math.round(Double.parseDouble(cells[0].strip()) * 1000));
      PrimaryDecision.Decided decided = decision.decide(Optional.of(view(cells)), observation, now);
      assertThat(words(decided.state())).as(line).isEqualTo(cells[6].strip());
      observation = decided.observation();
    }
  }

  @Test
  void aTroubleKeepsItsBeginningThroughAFlicker() {
    PrimaryObservation observation = PrimaryObservation.none();
    observation = step(Optional.of(cluster("a", "pending")), observation, 0).observation();
    observation = step(Optional.of(cluster("a", "a")), observation, 100).observation();
    PrimaryState state = step(Optional.of(cluster("a", "pending")), observation, 200).state();
    assertThat(state)
        .isInstanceOfSatisfying(
            PrimaryState.Troubled.class, troubled -> assertThat(troubled.since()).isEqualTo(START));
  }

  @Test
  void whatLooksHealthyAndIsNot() {
    ClusterView healthy = cluster("a", "a");
    assertThat(trouble(with(healthy, ClusterView.Activity.HIBERNATED))).isEqualTo("HIBERNATED");
    assertThat(trouble(with(healthy, ClusterView.Fencing.PRIMARY_FENCED))).isEqualTo("FENCED");
    assertThat(trouble(with(healthy, ClusterView.Role.REPLICA_CLUSTER)))
        .isEqualTo("REPLICA_CLUSTER");
    assertThat(trouble(with(healthy, ClusterView.Life.DELETED))).isEqualTo("CLUSTER_NOT_FOUND");
    assertThat(words(step(Optional.empty(), PrimaryObservation.none(), 0).state()))
        .isEqualTo("CLUSTER_NOT_FOUND");
  }

  @Test
  void withoutAPrimaryItIsNotReady() {
    ClusterView young = cluster("", "a");
    assertThat(trouble(young)).isEqualTo("CLUSTER_NOT_READY");
  }

  @Test
  void afterATroubleTheSamePrimaryHasToLastToo() {
    PrimaryObservation observation = PrimaryObservation.none();
    observation = step(Optional.of(cluster("a", "a")), observation, 0).observation();
    observation =
        step(
                Optional.of(with(cluster("a", "a"), ClusterView.Activity.HIBERNATED)),
                observation,
                1000)
            .observation();
    // Current and target agreed all the while, so the agreement is old; the proof is a connection.
    assertThat(words(step(Optional.of(cluster("a", "a")), observation, 5000).state()))
        .isEqualTo("settled a");
  }

  private String trouble(ClusterView view) {
    return words(step(Optional.of(view), PrimaryObservation.none(), 0).state());
  }

  private PrimaryDecision.Decided step(
      Optional<ClusterView> view, PrimaryObservation previous, long millis) {
    return decision.decide(view, previous, START.plus(Duration.ofMillis(millis)));
  }

  private static String words(PrimaryState state) {
    return switch (state) {
      case PrimaryState.Settled settled -> "settled " + settled.primary();
      case PrimaryState.Settling settling -> "settling";
      case PrimaryState.Troubled troubled -> troubled.trouble().name();
    };
  }

  private static Iterable<String> lines(String timeline) throws IOException {
    try (InputStream stream = PrimaryDecisionTest.class.getResourceAsStream(timeline + ".txt")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }

  private static ClusterView view(String[] cells) {
    return new ClusterView(
        "shop",
        "pg-main",
        ClusterView.Life.LIVING,
        ClusterView.Role.PRIMARY_CLUSTER,
        ClusterView.Activity.AWAKE,
        ClusterView.Fencing.NONE,
        cells[5].strip().equals("True")
            ? ClusterView.Readiness.READY
            : ClusterView.Readiness.NOT_READY,
        cells[1].strip(),
        Optional.of(cells[2].strip()),
        Optional.of(cells[3].strip()),
        Optional.of("7710558286034186260"),
        Integer.parseInt(cells[4].strip()),
        "pg-main-ca");
  }

  private static ClusterView cluster(String current, String target) {
    return view(
        new String[] {"0", "Cluster in healthy state", current, target, "1", "True", ""},
        Optional.of(current).filter(name -> !name.isEmpty()));
  }

  private static ClusterView view(String[] cells, Optional<String> current) {
    ClusterView view = view(cells);
    return copy(view, view.life(), view.role(), view.activity(), view.fencing(), current);
  }

  private static ClusterView with(ClusterView view, ClusterView.Activity activity) {
    return copy(view, view.life(), view.role(), activity, view.fencing(), view.currentPrimary());
  }

  private static ClusterView with(ClusterView view, ClusterView.Fencing fencing) {
    return copy(view, view.life(), view.role(), view.activity(), fencing, view.currentPrimary());
  }

  private static ClusterView with(ClusterView view, ClusterView.Role role) {
    return copy(view, view.life(), role, view.activity(), view.fencing(), view.currentPrimary());
  }

  private static ClusterView with(ClusterView view, ClusterView.Life life) {
    return copy(view, life, view.role(), view.activity(), view.fencing(), view.currentPrimary());
  }

  private static ClusterView copy(
      ClusterView view,
      ClusterView.Life life,
      ClusterView.Role role,
      ClusterView.Activity activity,
      ClusterView.Fencing fencing,
      Optional<String> current) {
    return new ClusterView(
        view.namespace(),
        view.name(),
        life,
        role,
        activity,
        fencing,
        view.readiness(),
        view.phase(),
        current,
        view.targetPrimary(),
        view.systemId(),
        view.timeline(),
        view.certificateSecret());
  }
}
