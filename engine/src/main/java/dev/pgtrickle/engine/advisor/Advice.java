package dev.pgtrickle.engine.advisor;

import dev.pgtrickle.engine.postgres.QualifiedName;
import java.util.List;

/**
 * A stream table from which a query can be answered.
 *
 * @param over what the stream table reads, so that the query, or its part, need not
 */
public record Advice(QualifiedName streamTable, Extent extent, List<QualifiedName> over) {

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
          "a part of this query, over %s, can be answered from stream table %s"
              .formatted(
                  String.join(", ", over.stream().map(QualifiedName::toString).toList()),
                  streamTable);
    };
  }
}
