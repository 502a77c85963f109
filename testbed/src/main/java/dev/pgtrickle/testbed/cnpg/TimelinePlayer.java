package dev.pgtrickle.testbed.cnpg;

import dev.pgtrickle.testbed.cnpg.timeline.Happening;
import dev.pgtrickle.testbed.cnpg.timeline.RecordedTimeline;
import dev.pgtrickle.testbed.cnpg.timeline.Shown;
import dev.pgtrickle.testbed.cnpg.timeline.TimelineStep;
import dev.pgtrickle.testbed.machine.TestbedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Plays timelines. A step is never early; when what happens takes longer than it took when it was
 * recorded, the following steps are late.
 */
record TimelinePlayer(Pace pace) {
  /** Where a timeline is played. */
  interface Stage {
    void show(Shown shown);

    void happen(Happening happening);
  }

  PlayedTimeline play(RecordedTimeline timeline, Stage stage) {
    Instant start = Instant.now();
    List<PlayedTimeline.Moment> moments = new ArrayList<>();
    for (TimelineStep step : timeline.steps()) {
      sleepUntil(start.plus(pace.of(step.at())));
      stage.show(step.shown());
      Instant shown = Instant.now();
      step.happening().ifPresent(stage::happen);
      moments.add(new PlayedTimeline.Moment(step, shown, Instant.now()));
    }
    return new PlayedTimeline(timeline, moments);
  }

  private static void sleepUntil(Instant moment) {
    Duration left = Duration.between(Instant.now(), moment);
    if (left.isPositive()) {
      try {
        Thread.sleep(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TestbedException("Interrupted while a timeline was played", e);
      }
    }
  }
}
