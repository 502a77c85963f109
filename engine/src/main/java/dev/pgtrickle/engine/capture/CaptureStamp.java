package dev.pgtrickle.engine.capture;

/**
 * P7: what our own triggers and functions look like to this snapshot. Every change of them leaves
 * new values of xmin, so that disabling a trigger, writing and enabling it again is seen. The parts
 * stand in the order of {@link CapturePart}.
 */
public class CaptureStamp {

  /** An expression for the parts, of type {@code bigint[]}. */
  final String query(String relationOid) {
    return "ARRAY[%s, %s]".formatted(triggers(relationOid), functions(relationOid));
  }

  /** A scalar query for {@link CapturePart#TRIGGERS}. */
  String triggers(String relationOid) {
    return """
    (SELECT coalesce(bit_xor(hash_record_extended(
              ROW(installed.oid, installed.xmin, installed.tgenabled), 0)), 0)
     FROM pg_trigger AS installed
     WHERE installed.tgrelid = %s
       AND starts_with(installed.tgname::text, 'pgtrickle_capture_'))\
    """
        .formatted(relationOid);
  }

  /** A scalar query for {@link CapturePart#FUNCTIONS}: the functions that those triggers call. */
  String functions(String relationOid) {
    return """
    (SELECT coalesce(bit_xor(hash_record_extended(ROW(called.oid, called.xmin), 0)), 0)
     FROM pg_trigger AS installed
     JOIN pg_proc AS called ON called.oid = installed.tgfoid
     WHERE installed.tgrelid = %s
       AND starts_with(installed.tgname::text, 'pgtrickle_capture_'))\
    """
        .formatted(relationOid);
  }
}
