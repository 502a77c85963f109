package dev.pgtrickle.engine.relations;

/** Whether the rows of a relation survive a crash and a session. */
public enum Persistence {
  LOGGED,
  UNLOGGED,
  TEMPORARY;

  static Persistence ofLetter(String letter) {
    return switch (letter) {
      case "t" -> TEMPORARY;
      case "u" -> UNLOGGED;
      default -> LOGGED;
    };
  }
}
