package dev.pgtrickle.crds;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/**
 * A time as Kubernetes writes it: RFC 3339, whole seconds, UTC. It is text, so that no mapper has
 * to know about times and what was read is written back unchanged.
 */
public record Timestamp(@JsonValue String text) {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Timestamp {}

  /** The second that an instant lies in. */
  public static Timestamp of(Instant instant) {
    return new Timestamp(instant.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /** The instant; throws DateTimeParseException where the text is none, which no server admits. */
  public Instant instant() {
    return OffsetDateTime.parse(text).toInstant();
  }
}
