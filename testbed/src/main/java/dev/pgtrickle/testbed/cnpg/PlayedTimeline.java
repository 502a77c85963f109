package dev.pgtrickle.testbed.cnpg;

import dev.pgtrickle.testbed.cnpg.timeline.Happening;
import dev.pgtrickle.testbed.cnpg.timeline.RecordedTimeline;
import dev.pgtrickle.testbed.cnpg.timeline.TimelineStep;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When what was shown and done. */
public record PlayedTimeline(RecordedTimeline timeline, List<Moment> moments) {
  /**
   * One step that was played.
   *
   * @param shown when the status had been written
   * @param done when what happened had happened
   */
  public record Moment(TimelineStep step, Instant shown, Instant done) {}

  public PlayedTimeline {
    moments = List.copyOf(moments);
  }

  /** When this had happened, if it belongs to the timeline. */
  public Optional<Instant> done(Happening happening) {
    return moments.stream()
        .filter(moment -> moment.step().happening().filter(happening::equals).isPresent())
        .map(Moment::done)
        .findFirst();
  }

  /** When the last step had been played. */
  public Instant end() {
    return moments.getLast().done();
  }
}
