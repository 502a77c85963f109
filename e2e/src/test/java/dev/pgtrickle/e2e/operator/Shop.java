package dev.pgtrickle.e2e.operator;

import dev.pgtrickle.testbed.cnpg.StandInCluster;

/** A source with rows, a manifest that reads it, and what must be in the relation. */
final class Shop {
  static final String CLUSTER = "pg-main";
  static final String QUERY =
      "SELECT customer_id, count(*) AS orders, sum(amount) AS total FROM orders GROUP BY"
          + " customer_id";
  static final String WIDER =
      "SELECT customer_id, count(*) AS orders, sum(amount) AS total, count(amount) AS paid FROM"
          + " orders GROUP BY customer_id";

  private Shop() {}

  static void create(StandInCluster cluster) {
    OperatorWorld.execute(
        cluster,
        """
        CREATE TABLE orders (id bigint PRIMARY KEY, customer_id int NOT NULL, amount int NOT NULL);
        INSERT INTO orders SELECT i, i % 5, i FROM generate_series(1, 100) AS i\
        """);
  }

  static void order(StandInCluster cluster, int id) {
    OperatorWorld.execute(
        cluster, "INSERT INTO orders VALUES (%d, %d, %d)".formatted(id, id % 5, id));
  }

  /** Returns when the table of {@link #manifest(String)} has followed one order more. */
  static void awaitEqualAfterAnOrder(StandInCluster cluster, int id, OperatorProcess operator) {
    order(cluster, id);
    OperatorWorld.await(
        "equal to the query",
        () ->
            OperatorWorld.tryQuery(cluster, difference("order_totals", QUERY))
                .filter("0"::equals)
                .isPresent(),
        operator::log);
  }

  static String manifest(String name) {
    return manifest(name, QUERY, "");
  }

  /** More lines of spec are indented by two blanks and end with a line break. */
  static String manifest(String name, String query, String more) {
    return """
    apiVersion: pgtrickle.dev/v1alpha1
    kind: StreamTable
    metadata: {name: %s}
    spec:
      cluster: {name: %s}
      database: app
      schedule: {every: 1s}
      query: %s
    %s\
    """
        .formatted(name, CLUSTER, query, more);
  }

  /** Whether the relation equals its query now, both at one snapshot. */
  static String difference(String relation, String query) {
    return """
    SELECT count(*) FROM (
      (TABLE %1$s EXCEPT ALL %2$s) UNION ALL (%2$s EXCEPT ALL TABLE %1$s)
    ) AS different\
    """
        .formatted(relation, query);
  }
}
