package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.engine.definition.RefreshMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;

/**
 * A refresh that somebody asked for by the annotation: a time, and perhaps a mode.
 *
 * @param token the annotation's text, by which it is known from then on
 */
record RefreshWish(String token, Instant time, Optional<RefreshMode> mode) {

  /** Nothing when the text is none of these: an annotation that is wrong asks for nothing. */
  static Optional<RefreshWish> parse(String text) {
    String[] parts = text.strip().split("/", 2);
    Optional<Optional<RefreshMode>> mode =
        parts.length == 1 ? Optional.of(Optional.empty()) : mode(parts[1]);
    try {
      Instant time = OffsetDateTime.parse(parts[0]).toInstant();
      return mode.map(wanted -> new RefreshWish(text.strip(), time, wanted));
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * Whether it was not handled yet.
   *
   * @param handled the token that was handled last, if there was one
   */
  boolean isNewerThan(Optional<String> handled) {
    return handled.flatMap(RefreshWish::parse).map(last -> time.isAfter(last.time())).orElse(true);
  }

  private static Optional<Optional<RefreshMode>> mode(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "full" -> Optional.of(Optional.of(RefreshMode.FULL));
      case "differential" -> Optional.of(Optional.of(RefreshMode.DIFFERENTIAL));
      default -> Optional.empty();
    };
  }
}
