package dev.pgtrickle.engine.sql.tree;

import java.util.List;

/** The WITH clause; no tables where there is none. */
public record CommonTables(Recursion recursion, List<CommonTableDefinition> tables) {

  /** Whether the tables may refer to themselves. */
  public enum Recursion {
    PLAIN,
    RECURSIVE
  }
}
