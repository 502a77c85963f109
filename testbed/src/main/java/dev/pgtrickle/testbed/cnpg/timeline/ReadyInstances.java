package dev.pgtrickle.testbed.cnpg.timeline;

import java.util.OptionalInt;

/** How many instances are said to be ready. */
public enum ReadyInstances {
  /** As many as the Cluster has. */
  ALL,
  /** One is missing. */
  ALL_BUT_ONE,
  /** The field is absent. */
  NONE;

  static ReadyInstances parse(String word) {
    return switch (word) {
      case "all" -> ALL;
      case "all-1" -> ALL_BUT_ONE;
      case "none" -> NONE;
      default -> throw new IllegalArgumentException("Not a number of instances: " + word);
    };
  }

  /** The number for a Cluster of this many instances; the field is absent rather than 0. */
  public OptionalInt of(int instances) {
    int number =
        switch (this) {
          case ALL -> instances;
          case ALL_BUT_ONE -> instances - 1;
          case NONE -> 0;
        };
    return number == 0 ? OptionalInt.empty() : OptionalInt.of(number);
  }
}
