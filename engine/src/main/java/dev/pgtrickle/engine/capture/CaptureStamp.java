package dev.pgtrickle.engine.capture;

import java.util.Collection;

/**
 * P7: what our own triggers and functions look like to this snapshot. Every change of them leaves
 * new values of xmin, so that disabling a trigger, writing and enabling it again is seen. The parts
 * stand in the order of {@link CapturePart}.
 */
public class CaptureStamp {

  /** An expression for the parts, of type {@code bigint[]}, where a row {@code source} is. */
  final String query() {
    return "ARRAY[%s, %s, %s]".formatted(triggers(), functions(), columns());
  }

  /** The same where nothing but the functions can have changed, from {@link #allFunctions}. */
  final String withFunctions() {
    return """
    ARRAY[source.capture_stamp[1],
                 coalesce((SELECT number FROM functions WHERE functions.relation = source.relation_oid), 0),
                 source.capture_stamp[3]]\
    """;
  }

  /** {@link CapturePart#FUNCTIONS} of several relations, as a query of relations and numbers. */
  String allFunctions(Collection<Long> relations) {
    return """
    SELECT installed.tgrelid AS relation,
           bit_xor(hash_record_extended(ROW(called.oid, called.xmin), 0)) AS number
    FROM pg_trigger AS installed
    JOIN pg_proc AS called ON called.oid = installed.tgfoid
    WHERE %s AND starts_with(installed.tgname::text, 'pgtrickle_capture_')
    GROUP BY installed.tgrelid\
    """
        .formatted(CatalogTrace.among("installed.tgrelid", relations));
  }

  /** A scalar query for {@link CapturePart#TRIGGERS}. */
  String triggers() {
    return """
    (SELECT coalesce(bit_xor(hash_record_extended(
              ROW(installed.oid, installed.xmin, installed.tgenabled), 0)), 0)
     FROM pg_trigger AS installed
     WHERE installed.tgrelid = source.relation_oid
       AND starts_with(installed.tgname::text, 'pgtrickle_capture_'))\
    """;
  }

  /** A scalar query for {@link CapturePart#FUNCTIONS}: the functions that those triggers call. */
  String functions() {
    return """
    (SELECT coalesce(bit_xor(hash_record_extended(ROW(called.oid, called.xmin), 0)), 0)
     FROM pg_trigger AS installed
     JOIN pg_proc AS called ON called.oid = installed.tgfoid
     WHERE installed.tgrelid = source.relation_oid
       AND starts_with(installed.tgname::text, 'pgtrickle_capture_'))\
    """;
  }

  /** A scalar query for {@link CapturePart#COLUMNS}: what the capture functions call by name. */
  String columns() {
    return """
    (SELECT coalesce(bit_xor(hash_record_extended(
              ROW(captured.attribute_number, attribute.attname, attribute.atttypid,
                  attribute.atttypmod, attribute.attcollation), 0)), 0)
     FROM pgtrickle.captured_column AS captured
     LEFT JOIN pg_attribute AS attribute
       ON attribute.attrelid = source.relation_oid
      AND attribute.attnum = captured.attribute_number AND NOT attribute.attisdropped
     WHERE captured.source_id = source.id AND captured.generation = source.generation)\
    """;
  }
}
