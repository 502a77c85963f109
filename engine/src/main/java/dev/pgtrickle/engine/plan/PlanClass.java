package dev.pgtrickle.engine.plan;

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

  public String word() {
    return word;
  }
}
