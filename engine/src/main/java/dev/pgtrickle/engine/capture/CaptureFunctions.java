package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.catalog.DataSchema;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.postgres.SqlText;
import dev.pgtrickle.engine.source.ChangeColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The trigger functions of a source. They run in the application's transactions with the rights of
 * the engine role, so they pin the search path, quote every name, and have no EXCEPTION block (each
 * would cost a sub-transaction a statement).
 */
final class CaptureFunctions {
  private static final String NEW_ROWS = "new_rows";
  private static final String OLD_ROWS = "old_rows";

  private final Deadline deadline;
  private final TruncateRule truncate;

  CaptureFunctions(Deadline deadline, TruncateRule truncate) {
    this.deadline = deadline;
    this.truncate = truncate;
  }

  static QualifiedName name(long sourceId, CaptureEvent event) {
    return DataSchema.table("capture_%d_%s".formatted(sourceId, event.word()));
  }

  /** {@code CREATE OR REPLACE FUNCTION} of all; takes no lock on the source. */
  List<String> statements(CaptureProgram program) {
    List<String> statements = new ArrayList<>();
    for (CaptureEvent event : CaptureEvent.of(program.coverage())) {
      statements.add(
          """
          CREATE OR REPLACE FUNCTION %s() RETURNS trigger
          LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS %s\
          """
              .formatted(
                  name(program.sourceId(), event).quoted(),
                  SqlText.dollarQuoted(body(program, event))));
      // Otherwise anybody could put it on a table of his own and write wrong rows through it.
      statements.add(
          "REVOKE ALL ON FUNCTION %s() FROM PUBLIC"
              .formatted(name(program.sourceId(), event).quoted()));
    }
    return statements;
  }

  private String body(CaptureProgram program, CaptureEvent event) {
    String guard = deadline.guard(program.deadline(), program.buffer());
    return switch (event) {
      case INSERT -> counting(function(guard, rows(program, 1, NEW_ROWS), wake(program)));
      case DELETE -> counting(function(guard, rows(program, -1, OLD_ROWS), wake(program)));
      // Two INSERTs are cheaper than one with UNION ALL.
      case UPDATE ->
          counting(
              function(
                  guard, rows(program, -1, OLD_ROWS) + rows(program, 1, NEW_ROWS), wake(program)));
      case REPLICA -> function(guard, imagesOfOneRow(program), wake(program));
      case TRUNCATE -> truncate(program, guard);
    };
  }

  private static String function(String guard, String statements, String wake) {
    return "\nBEGIN\n" + guard + statements + wake + "  RETURN NULL;\nEND\n";
  }

  private static String counting(String function) {
    return "\nDECLARE\n  written bigint;" + function;
  }

  private static String wake(CaptureProgram program) {
    return WakeChannel.statement(program.wake(), program.sourceId());
  }

  /** A transition table is read in the order in which it was written, each time. */
  private static String rows(CaptureProgram program, int weight, String transitionTable) {
    return
"""
  INSERT INTO %1$s (%2$s)
  SELECT (SELECT pg_current_xact_id()), %3$d%4$s FROM %5$s AS image LIMIT %6$d;
  GET DIAGNOSTICS written = ROW_COUNT;
  IF written = %6$d THEN
    INSERT INTO %1$s (marker, %2$s)
    SELECT %7$d, (SELECT pg_current_xact_id()), %3$d%4$s FROM %5$s AS image OFFSET %6$d;
    %8$s
  END IF;
"""
        .formatted(
            program.buffer().quoted(),
            bufferColumns(program),
            weight,
            values(program, "image"),
            transitionTable,
            ChangeColumns.HEAD_ROWS,
            ChangeColumns.TAIL,
            marker(program, ChangeColumns.TAIL_EXISTS).strip());
  }

  private static String imagesOfOneRow(CaptureProgram program) {
    return
"""
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO %1$s (%2$s) VALUES (pg_current_xact_id(), -1%3$s);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO %1$s (%2$s) VALUES (pg_current_xact_id(), 1%4$s);
  END IF;
"""
        .formatted(
            program.buffer().quoted(),
            bufferColumns(program),
            values(program, "OLD"),
            values(program, "NEW"));
  }

  private String truncate(CaptureProgram program, String guard) {
    String reset = marker(program, ChangeColumns.RESET);
    if (!truncate.mayReadRows(program.coverage())) {
      return function(guard, reset, wake(program));
    }
    return
"""

DECLARE
  images bigint;
BEGIN
%1$s  IF %8$s THEN
    EXECUTE format('SELECT count(*) FROM (SELECT FROM ONLY %%s LIMIT %2$d) AS counted',
                   TG_RELID::regclass) INTO images;
  END IF;
  IF images <= %3$d THEN
    EXECUTE format(%4$s, TG_RELID::regclass);
  %5$s
  ELSE
  %6$s
  END IF;
%7$s  RETURN NULL;
END
"""
        .formatted(
            guard,
            TruncateRule.IMAGES + 1,
            TruncateRule.IMAGES,
            SqlText.literal(
                """
                INSERT INTO %s (%s)
                SELECT pg_current_xact_id(), -1%s FROM ONLY %%s AS image\
                """
                    .formatted(
                        program.buffer().quoted().replace("%", "%%"),
                        bufferColumns(program),
                        values(program, "image").replace("%", "%%"))),
            marker(program, ChangeColumns.TRUNCATED).strip(),
            reset.strip(),
            wake(program),
            truncate.seesAllRows());
  }

  private static String marker(CaptureProgram program, int marker) {
    return
"""
  INSERT INTO %s (xid, weight, marker) VALUES (pg_current_xact_id(), 0, %d);
"""
        .formatted(program.buffer().quoted(), marker);
  }

  private static String bufferColumns(CaptureProgram program) {
    return "xid, weight"
        + program.columns().stream()
            .map(column -> ", " + ChangeColumns.captured(column.attributeNumber()).quoted())
            .collect(Collectors.joining());
  }

  /** Qualified always: a column may be called like a variable of PL/pgSQL. */
  private static String values(CaptureProgram program, String row) {
    return program.columns().stream()
        .map(CapturedColumn::name)
        .map(Identifier::quoted)
        .map(name -> ", " + row + "." + name)
        .collect(Collectors.joining());
  }

  /** How the transition tables are called, for CREATE TRIGGER. */
  static String transitionTables(CaptureEvent event) {
    return switch (event) {
      case INSERT -> "REFERENCING NEW TABLE AS " + NEW_ROWS;
      case DELETE -> "REFERENCING OLD TABLE AS " + OLD_ROWS;
      case UPDATE -> "REFERENCING OLD TABLE AS " + OLD_ROWS + " NEW TABLE AS " + NEW_ROWS;
      case TRUNCATE, REPLICA -> "";
    };
  }
}
