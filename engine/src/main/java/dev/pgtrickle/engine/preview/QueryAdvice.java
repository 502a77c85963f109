package dev.pgtrickle.engine.preview;

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
   * Findings, a sentence each, such as {@code "can be answered from stream table public.totals"}.
   */
  List<String> about(AnalyzedQuery query, Connection connection) throws SQLException;

  /** Nobody. */
  static QueryAdvice none() {
    return (query, connection) -> List.of();
  }
}
