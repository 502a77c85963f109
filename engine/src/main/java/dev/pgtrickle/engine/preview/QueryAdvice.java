package dev.pgtrickle.engine.preview;

import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.sql.AnalyzedQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Somebody who knows more about a query than how it is maintained, for example which stream table
 * could answer it. What is said is shown and decides nothing.
 */
@FunctionalInterface
public interface QueryAdvice {

  /**
   * What is known of a query.
   *
   * @param findings a sentence each, such as {@code "this query can be answered from ..."}
   * @param lineage one entry for each column of the result, in its order; empty if nobody asked
   */
  record Insight(List<String> findings, List<Preview.Lineage> lineage) {}

  /**
   * What is known of the query of a stream table.
   *
   * @param relation its name; it may be there already, and is no news then
   */
  Insight about(QualifiedName relation, AnalyzedQuery query, Connection connection)
      throws SQLException;

  /** Nobody. */
  static QueryAdvice none() {
    return (relation, query, connection) -> new Insight(List.of(), List.of());
  }
}
