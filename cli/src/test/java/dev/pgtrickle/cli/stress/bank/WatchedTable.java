package dev.pgtrickle.cli.stress.bank;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * A stream table of the stress.
 *
 * @param query its definition, with qualified names
 * @param specification the lines of its manifest's spec beside database, cluster and query
 * @param total the sum that readers must always see, if there is one
 * @param maintenance how its refreshes have to be, as a rule
 */
public record WatchedTable(
    String name,
    String query,
    String specification,
    Optional<Total> total,
    Maintenance maintenance) {

  /** A column whose sum over the whole table never changes. */
  public record Total(String column, BigDecimal sum) {}

  /** What the mode asks for. */
  public enum Maintenance {
    DIFFERENTIAL,
    FULL
  }

  /** The name under which readers know it. */
  public String relation() {
    return "public." + name;
  }
}
