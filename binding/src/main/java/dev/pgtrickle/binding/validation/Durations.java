package dev.pgtrickle.binding.validation;

import dev.pgtrickle.binding.problem.FieldPath;
import dev.pgtrickle.binding.value.DurationText;
import java.time.Duration;
import java.util.Optional;

/** Durations that have a least and a greatest value. */
final class Durations {
  private Durations() {}

  /** The duration where it is one within the bounds; says why not where it is not. */
  static Optional<Duration> check(
      FieldPath path, String text, String least, String greatest, Problems problems) {
    Optional<Duration> duration = DurationText.parse(text);
    if (duration.isEmpty()) {
      problems.invalid(
          path,
          "\"" + text + "\" is no duration",
          "write it like 500ms, 30s, 5m or 720h (units ms, s, m, h)");
    } else if (duration.get().compareTo(bound(least)) < 0
        || duration.get().compareTo(bound(greatest)) > 0) {
      problems.invalid(
          path,
          text + " is out of bounds",
          "choose a duration between " + least + " and " + greatest);
      return Optional.empty();
    }
    return duration;
  }

  private static Duration bound(String text) {
    return DurationText.parse(text).orElseThrow();
  }
}
