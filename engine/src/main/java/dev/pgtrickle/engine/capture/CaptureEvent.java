package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.source.Coverage;
import java.util.List;

/** What a capture trigger is for; each has its own function. */
enum CaptureEvent {
  INSERT("insert"),
  UPDATE("update"),
  DELETE("delete"),
  TRUNCATE("truncate"),
  /** Rows written by the replica role, which fires no statement trigger of ours. */
  REPLICA("replica");

  private final String word;

  CaptureEvent(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  Identifier triggerName() {
    return Identifier.of("pgtrickle_capture_" + word);
  }

  /** The replica role can only be captured by the owner of the table. */
  static List<CaptureEvent> of(Coverage coverage) {
    return switch (coverage) {
      case COMPLETE -> List.of(values());
      case ORIGIN_ONLY -> List.of(INSERT, UPDATE, DELETE, TRUNCATE);
    };
  }
}
