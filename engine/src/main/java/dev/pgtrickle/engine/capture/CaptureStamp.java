package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.postgres.SqlText;
import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * P7: what our own triggers and functions look like to this snapshot. Every change of them leaves
 * new values of xmin, so that disabling a trigger, writing and enabling it again is seen. The parts
 * stand in the order of {@link CapturePart}.
 */
public class CaptureStamp {
  private static final String SCHEMA = "'pgtrickle_data'::regnamespace";

  /** An expression for the parts, of type {@code bigint[]}, where a row {@code source} is. */
  final String query() {
    return "ARRAY[%s, %s, %s]".formatted(triggers(), functions(), columns());
  }

  /** The same where nothing but the functions can have changed, from {@link #allFunctions}. */
  final String withFunctions() {
    return """
    ARRAY[source.capture_stamp[1],
                 coalesce((SELECT number FROM functions WHERE functions.source_id = source.id), 0),
                 source.capture_stamp[3]]\
    """;
  }

  /** {@link CapturePart#FUNCTIONS} of several relations, as a query of relations and numbers. */
  String allFunctions(Collection<Long> sources) {
    String names =
        sources.stream().flatMap(CaptureStamp::namesAndSources).collect(Collectors.joining(", "));
    return """
    SELECT captured.source_id,
           bit_xor(hash_record_extended(ROW(called.oid, called.xmin), 0)) AS number
    FROM (VALUES %s) AS captured (source_id, name)
    JOIN pg_proc AS called
      ON called.proname = captured.name AND called.pronamespace = %s
    GROUP BY captured.source_id\
    """
        .formatted(names, SCHEMA);
  }

  private static Stream<String> namesAndSources(long sourceId) {
    return Stream.of(CaptureEvent.values())
        .map(event -> CaptureFunctions.name(sourceId, event).name().name())
        .map(name -> "(%d, %s::name)".formatted(sourceId, SqlText.literal(name)));
  }

  /** A scalar query for {@link CapturePart#TRIGGERS}: those of the source and of all below it. */
  String triggers() {
    return """
    (WITH RECURSIVE %s
     SELECT bit_xor(hash_record_extended(
              ROW(tree.member, tree.detaching, installed.oid, installed.xmin, installed.tgenabled), 0))
     FROM tree LEFT JOIN pg_trigger AS installed
       ON installed.tgrelid = tree.member
      AND starts_with(installed.tgname::text, 'pgtrickle_capture_'))\
    """
        .formatted(SourceTree.membersOf("source.relation_oid"));
  }

  /** A scalar query for {@link CapturePart#FUNCTIONS}: the functions that those triggers call. */
  String functions() {
    String names =
        Stream.of(CaptureEvent.values())
            .map(event -> "format('capture_%%s_%s', source.id)::name".formatted(event.word()))
            .collect(Collectors.joining(", "));
    return """
    (SELECT coalesce(bit_xor(hash_record_extended(ROW(called.oid, called.xmin), 0)), 0)
     FROM pg_proc AS called
     WHERE called.proname IN (%s) AND called.pronamespace = %s)\
    """
        .formatted(names, SCHEMA);
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
