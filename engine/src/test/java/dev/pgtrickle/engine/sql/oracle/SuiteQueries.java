package dev.pgtrickle.engine.sql.oracle;

import java.util.List;
import java.util.stream.LongStream;

/** The queries of the suites and of the generator, for tests of other packages. */
public final class SuiteQueries {
  private final String schema;
  private final List<Named> queries;

  /** A query of a suite. */
  public record Named(String name, String sql) {}

  private SuiteQueries(String schema, List<Named> queries) {
    this.schema = schema;
    this.queries = List.copyOf(queries);
  }

  public static SuiteQueries corpus() {
    return of(Suite.CORPUS);
  }

  public static SuiteQueries tpch() {
    return of(Suite.TPCH);
  }

  public static SuiteQueries nexmark() {
    return of(Suite.NEXMARK);
  }

  private static SuiteQueries of(Suite suite) {
    return new SuiteQueries(
        suite.schema(),
        suite.cases().stream().map(found -> new Named(found.name(), found.sql())).toList());
  }

  /** Random queries over the generator's tables, one a seed. */
  public static SuiteQueries generated(long first, int count) {
    return new SuiteQueries(
        QueryGenerator.SCHEMA,
        LongStream.range(first, first + count)
            .mapToObj(
                seed -> new Named("seed " + seed, new QueryGenerator(Choices.random(seed)).query()))
            .toList());
  }

  /** Makes the tables and fills them. */
  public String schema() {
    return schema;
  }

  public List<Named> queries() {
    return queries;
  }
}
