package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.catalog.BufferPair;
import dev.pgtrickle.engine.definition.Buffers;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.postgres.SqlText;
import dev.pgtrickle.engine.source.ChangeColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The tables that captured rows stand in. They are never altered, only created and dropped. */
final class BufferTables {

  List<String> create(BufferPair pair) {
    List<String> statements = new ArrayList<>();
    for (QualifiedName buffer : pair.buffers()) {
      StringBuilder columns = new StringBuilder();
      for (Map.Entry<Integer, String> column : pair.columns().entrySet()) {
        columns
            .append(",\n  ")
            .append(ChangeColumns.captured(column.getKey()).quoted())
            .append(' ')
            .append(column.getValue());
      }
      statements.add(
          """
          CREATE %s %s (
            xid    xid8 NOT NULL,
            weight int2 NOT NULL,
            marker int2 NOT NULL DEFAULT 0%s
          )\
          """
              .formatted(kind(pair.persistence()), buffer.quoted(), columns));
      // One index for rows and markers: each more would cost a bulk writer for every row.
      statements.add(
          "CREATE INDEX ON %s (marker, xid) WHERE marker >= %d"
              .formatted(buffer.quoted(), ChangeColumns.ROW));
    }
    return statements;
  }

  private static String kind(Buffers persistence) {
    return switch (persistence) {
      case LOGGED -> "TABLE";
      case UNLOGGED -> "UNLOGGED TABLE";
    };
  }

  String drop(BufferPair pair) {
    return "DROP TABLE IF EXISTS " + SqlText.names(pair.buffers());
  }
}
