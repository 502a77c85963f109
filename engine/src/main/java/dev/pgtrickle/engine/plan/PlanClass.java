package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.property.MaintenanceClass;

/** The price class of a plan node, from cheap to dear (design section 4). */
public enum PlanClass {
  LINEAR("linear"),
  BILINEAR("bilinear"),
  COUNTED("counted"),
  ALGEBRAIC("algebraic"),
  EXTREMUM("extremum"),
  GROUP_RECOMPUTE("group-recompute"),
  PARTITION_RECOMPUTE("partition-recompute"),
  BOUNDED_RESCAN("bounded-rescan"),
  NODE_RECOMPUTE("node-recompute"),
  FULL("full");

  private final String word;

  PlanClass(String word) {
    this.word = word;
  }

  /** The class of the capability table under its name in status. */
  public static PlanClass of(MaintenanceClass maintenance) {
    return switch (maintenance) {
      case LINEAR -> LINEAR;
      case BILINEAR -> BILINEAR;
      case COUNTED -> COUNTED;
      case ALGEBRAIC -> ALGEBRAIC;
      case EXTREMUM -> EXTREMUM;
      case GROUP_RECOMPUTE -> GROUP_RECOMPUTE;
      case PARTITION_RECOMPUTE -> PARTITION_RECOMPUTE;
      case BOUNDED_RESCAN -> BOUNDED_RESCAN;
      case NODE_RECOMPUTE -> NODE_RECOMPUTE;
      case FULL -> FULL;
    };
  }

  public String word() {
    return word;
  }
}
