package dev.pgtrickle.testbed.cnpg.timeline;

import java.util.Arrays;
import java.util.List;

/** A condition of a Cluster's status, without its message and its time. */
public record ShownCondition(String type, String status, String reason) {
  static List<ShownCondition> parseAll(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .map(ShownCondition::parse)
        .toList();
  }

  /** From {@code type=status/reason}; a type may hold a slash of its own. */
  private static ShownCondition parse(String text) {
    int equals = text.indexOf('=');
    int slash = text.indexOf('/', equals);
    return new ShownCondition(
        text.substring(0, equals), text.substring(equals + 1, slash), text.substring(slash + 1));
  }
}
