package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.source.Coverage;
import java.util.ArrayList;
import java.util.List;

/**
 * The triggers of a source and of all tables below it: they take SHARE ROW EXCLUSIVE on each, so
 * only ever politely (P5).
 */
final class CaptureTriggers {

  /** Creates them, or puts them back as they should be. Ownership of the tables is not needed. */
  List<String> create(long sourceId, SourceTree tree, Coverage coverage) {
    List<String> statements = new ArrayList<>();
    for (SourceTree.Member member : tree.members()) {
      for (CaptureEvent event : CaptureEvent.of(coverage)) {
        if (isCreated(event, member)) {
          statements.add(create(sourceId, member.name(), event));
        }
      }
    }
    if (coverage == Coverage.COMPLETE) {
      for (SourceTree.Member member : tree.members()) {
        statements.add(enable(member.name(), "REPLICA", CaptureEvent.REPLICA));
        if (member.hasRows()) {
          statements.add(enable(member.name(), "ALWAYS", CaptureEvent.TRUNCATE));
        }
      }
    }
    return statements;
  }

  /** Of one TRUNCATE each table with rows tells its own; partitions inherit row triggers. */
  private static boolean isCreated(CaptureEvent event, SourceTree.Member member) {
    return switch (event) {
      case INSERT, UPDATE, DELETE -> true;
      case TRUNCATE -> member.hasRows();
      case REPLICA -> !member.partition();
    };
  }

  private static String create(long sourceId, QualifiedName relation, CaptureEvent event) {
    return """
    CREATE OR REPLACE TRIGGER %s %s ON %s %s
    EXECUTE FUNCTION %s()\
    """
        .formatted(
            event.triggerName().quoted(),
            moment(event),
            relation.quoted(),
            CaptureFunctions.transitionTables(event) + level(event),
            CaptureFunctions.name(sourceId, event).quoted());
  }

  private static String enable(QualifiedName relation, String when, CaptureEvent event) {
    return "ALTER TABLE ONLY %s ENABLE %s TRIGGER %s"
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
