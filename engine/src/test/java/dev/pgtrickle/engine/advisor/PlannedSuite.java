package dev.pgtrickle.engine.advisor;

import dev.pgtrickle.engine.sql.AnalyzedQuery;
import dev.pgtrickle.engine.sql.oracle.SuiteQueries;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A suite's tables in a database, and those of its queries that this build accepts. */
record PlannedSuite(
    String name, TestDatabase database, PlannedQueries queries, Map<String, AnalyzedQuery> analyzed)
    implements AutoCloseable {

  static PlannedSuite of(String name, SuiteQueries suite) throws SQLException {
    TestDatabase database = TestDatabase.create(TestServers.newest());
    PlannedQueries queries = PlannedQueries.over(database, suite.schema());
    Map<String, AnalyzedQuery> analyzed = new LinkedHashMap<>();
    for (SuiteQueries.Named query : suite.queries()) {
      queries
          .analyzed(query.sql())
          .ifPresent(found -> analyzed.put(name + " " + query.name(), found));
    }
    return new PlannedSuite(name, database, queries, analyzed);
  }

  @Override
  public void close() throws SQLException {
    queries.close();
    database.close();
  }
}
