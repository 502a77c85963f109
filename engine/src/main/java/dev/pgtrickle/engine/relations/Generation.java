package dev.pgtrickle.engine.relations;

/**
 * Where the values of a column come from. A virtual one (PostgreSQL 18) is never in a trigger row.
 */
public enum Generation {
  WRITTEN,
  STORED,
  VIRTUAL;

  static Generation ofLetter(String letter) {
    return switch (letter) {
      case "s" -> STORED;
      case "v" -> VIRTUAL;
      default -> WRITTEN;
    };
  }
}
