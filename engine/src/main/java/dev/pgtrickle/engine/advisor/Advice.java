package dev.pgtrickle.engine.advisor;

import dev.pgtrickle.engine.postgres.QualifiedName;
import java.util.List;

/**
 * A stream table from which a query can be answered.
 *
 * @param replaced what the query would not have to read any more, as it is named in the query
 */
public record Advice(QualifiedName streamTable, Extent extent, List<String> replaced) {

  /** How much of the query the stream table has. */
  public enum Extent {
    /** The query needs nothing else. */
    WHOLE,
    /** The query still reads other relations. */
    PART
  }

  /** A sentence for people. */
  public String sentence() {
    return switch (extent) {
      case WHOLE -> "this query can be answered from stream table %s".formatted(streamTable);
      case PART ->
          "a part of this query can be answered from stream table %s, instead of reading %s"
              .formatted(streamTable, String.join(", ", replaced));
    };
  }
}
