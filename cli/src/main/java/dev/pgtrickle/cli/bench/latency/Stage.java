package dev.pgtrickle.cli.bench.latency;

import java.util.List;

/**
 * A table of a pipeline, with columns branch, accounts and balance.
 *
 * @param number among its likes: no two of them have the same query
 * @param reads the stages that it is made of; none = the accounts
 */
record Stage(String name, int number, List<String> reads) {

  /** Groups of accounts. */
  static Stage groups(String name, int number) {
    return new Stage(name, number, List.of());
  }

  /** The rows of another stage, or of two that are joined. */
  static Stage over(String name, String... reads) {
    return new Stage(name, 0, List.of(reads));
  }

  /** The query, with all its tables in one schema. */
  String query(String schema) {
    return switch (reads.size()) {
      case 0 ->
          "SELECT branch, count(*) AS accounts, sum(balance) AS balance FROM %s.account%s GROUP BY branch"
              .formatted(schema, condition());
      case 1 -> "SELECT branch, accounts, balance FROM %s.%s".formatted(schema, reads.getFirst());
      default ->
          "SELECT l.branch, l.accounts, r.balance FROM %1$s.%2$s AS l JOIN %1$s.%3$s AS r ON r.branch = l.branch"
              .formatted(schema, reads.getFirst(), reads.getLast());
    };
  }

  /** True for every row. */
  String condition() {
    return number == 0 ? "" : " WHERE branch <> -" + number;
  }
}
