package dev.pgtrickle.testbed.cnpg.timeline;

/** Stands for the name of an instance in currentPrimary and targetPrimary. */
public enum InstanceRole {
  /** The field is absent. */
  NOBODY,
  /** The primary at the beginning. */
  OLD,
  /** The instance that becomes the primary. */
  NEW,
  /** The word "pending", which is no instance. */
  PENDING;

  static InstanceRole parse(String word) {
    return switch (word) {
      case "" -> NOBODY;
      case "old" -> OLD;
      case "new" -> NEW;
      case "pending" -> PENDING;
      default -> throw new IllegalArgumentException("Not a role: " + word);
    };
  }
}
