package dev.pgtrickle.engine.sql;

import java.util.List;

/**
 * A construct that no delta rule of this version follows: a query that has it is maintained by full
 * refreshes.
 *
 * @param what the construct, as a noun
 * @param remedy what would make the query differential
 * @param words key words that write it: where one of them stands once is its place
 */
public record Obstacle(String what, String remedy, List<String> words) {
  static final String IN_CONSUMER = "leave it to the queries that read the stream table";

  static Obstacle of(String what, String remedy, String... words) {
    return new Obstacle(what, remedy, List.of(words));
  }
}
