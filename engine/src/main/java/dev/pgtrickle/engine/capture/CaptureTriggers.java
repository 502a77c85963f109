package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.source.Coverage;
import java.util.ArrayList;
import java.util.List;

/** The triggers of a source: they take SHARE ROW EXCLUSIVE on it, so only ever politely (P5). */
final class CaptureTriggers {

  /** Creates them, or puts them back as they should be. Ownership of the table is not needed. */
  List<String> create(long sourceId, QualifiedName relation, Coverage coverage) {
    List<String> statements = new ArrayList<>();
    for (CaptureEvent event : CaptureEvent.of(coverage)) {
      statements.add(
          """
          CREATE OR REPLACE TRIGGER %s %s ON %s %s
          EXECUTE FUNCTION %s()\
          """
              .formatted(
                  event.triggerName().quoted(),
                  moment(event),
                  relation.quoted(),
                  CaptureFunctions.transitionTables(event) + level(event),
                  CaptureFunctions.name(sourceId, event).quoted()));
    }
    if (coverage == Coverage.COMPLETE) {
      statements.add(enable(relation, "REPLICA", CaptureEvent.REPLICA));
      statements.add(enable(relation, "ALWAYS", CaptureEvent.TRUNCATE));
    }
    return statements;
  }

  /** Needs ownership of the table; without it the functions are dropped with CASCADE. */
  List<String> drop(QualifiedName relation) {
    List<String> statements = new ArrayList<>();
    for (CaptureEvent event : CaptureEvent.values()) {
      statements.add(
          "DROP TRIGGER IF EXISTS %s ON %s"
              .formatted(event.triggerName().quoted(), relation.quoted()));
    }
    return statements;
  }

  private static String enable(QualifiedName relation, String when, CaptureEvent event) {
    return "ALTER TABLE %s ENABLE %s TRIGGER %s"
        .formatted(relation.quoted(), when, event.triggerName().quoted());
  }

  private static String moment(CaptureEvent event) {
    return switch (event) {
      case INSERT -> "AFTER INSERT";
      case UPDATE -> "AFTER UPDATE";
      case DELETE -> "AFTER DELETE";
      case TRUNCATE -> "BEFORE TRUNCATE";
      case REPLICA -> "AFTER INSERT OR UPDATE OR DELETE";
    };
  }

  private static String level(CaptureEvent event) {
    return event == CaptureEvent.REPLICA ? "FOR EACH ROW" : " FOR EACH STATEMENT";
  }
}
