package dev.pgtrickle.testbed.cnpg.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordedTimelineTest {
  @ParameterizedTest
  @EnumSource(RecordedTimeline.class)
  void everyTimelineCanBeReadAndGoesForward(RecordedTimeline timeline) {
    List<TimelineStep> steps = timeline.steps();
    assertThat(steps).isNotEmpty();
    assertThat(steps).extracting(TimelineStep::at).isSorted();
    assertThat(steps.getFirst().at()).isZero();
    assertThat(steps)
        .allSatisfy(step ->
            assertThat(step.shown().conditions())
                .extracting(ShownCondition::type)
                .contains("Ready"));
  }

  @Test
  void inASwitchoverReadyStaysTrueAndTheTargetIsReachedLongBeforeSqlIsBack() {
    List<TimelineStep> steps = RecordedTimeline.SWITCHOVER.steps();
    assertThat(steps)
        .allSatisfy(step ->
            assertThat(step.shown().conditions())
                .contains(new ShownCondition("Ready", "True", "ClusterIsReady")));
    assertThat(at(steps, Happening.SERVICE_ANSWERS).minus(firstAgreementOnNew(steps)))
        .isEqualTo(Duration.ofMillis(4600));
    assertThat(at(steps, Happening.SERVICE_ANSWERS).minus(at(steps, Happening.PRIMARY_STOPS)))
        .isEqualTo(Duration.ofMillis(7200));
  }

  @Test
  void inAFailoverTheTargetFlickersBackToTheDeadPrimary() {
    assertThat(RecordedTimeline.FAILOVER.steps())
        .extracting(step -> step.shown().targetPrimary())
        .startsWith(
            InstanceRole.OLD,
            InstanceRole.OLD,
            InstanceRole.PENDING,
            InstanceRole.OLD,
            InstanceRole.PENDING,
            InstanceRole.NEW);
  }

  @ParameterizedTest
  @EnumSource(names = {"FENCING", "HIBERNATION"})
  void outOfServiceLooksHealthy(RecordedTimeline timeline) {
    assertThat(timeline.steps())
        .allSatisfy(step -> {
          assertThat(step.shown().phase()).isEqualTo("Cluster in healthy state");
          assertThat(step.shown().currentPrimary()).isEqualTo(InstanceRole.OLD);
          assertThat(step.shown().conditions())
              .contains(new ShownCondition("Ready", "True", "ClusterIsReady"));
        });
  }

  @Test
  void aConditionWhoseTypeHoldsASlashIsReadWhole() {
    assertThat(RecordedTimeline.HIBERNATION.steps().getLast().shown().conditions())
        .contains(new ShownCondition("cnpg.io/hibernation", "True", "Hibernated"));
  }

  private static Duration firstAgreementOnNew(List<TimelineStep> steps) {
    return steps.stream()
        .filter(step -> step.shown().currentPrimary() == InstanceRole.NEW)
        .filter(step -> step.shown().targetPrimary() == InstanceRole.NEW)
        .findFirst()
        .orElseThrow()
        .at();
  }

  private static Duration at(List<TimelineStep> steps, Happening happening) {
    return steps.stream()
        .filter(step -> step.happening().filter(happening::equals).isPresent())
        .findFirst()
        .orElseThrow()
        .at();
  }
}
