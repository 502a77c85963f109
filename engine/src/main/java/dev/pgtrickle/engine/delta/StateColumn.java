package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Unparser;
import dev.pgtrickle.engine.postgres.Identifier;

/** A value that is kept for every group, and what a change makes of it. */
public sealed interface StateColumn {

  /** Its name, in the storage and among the changes. */
  Identifier name();

  /** The type of the stored value. */
  String type();

  /** Its aggregate over the rows of a group, which stand in a table named input. */
  String fromRows();

  /**
   * A number that changes by addition.
   *
   * @param fromRows never NULL
   * @param fromChanges the aggregate over signed rows that is added to it, never NULL
   */
  record Sum(Identifier name, String type, String fromRows, String fromChanges)
      implements StateColumn {}

  /**
   * Bits of which each changed value flips some; what is flipped twice is as it was.
   *
   * @param fromRows never NULL
   * @param fromChanges the aggregate over signed rows by which it is flipped, never NULL
   */
  record Bits(Identifier name, String type, String fromRows, String fromChanges)
      implements StateColumn {}

  /**
   * The least or the greatest value, NULL where there is none. It follows values that arrive; when
   * the one that is kept leaves and nothing as good arrives, it has to be read again.
   *
   * @param argument the column of the input that has the values
   */
  record Extremum(Identifier name, Column argument, Direction direction) implements StateColumn {

    @Override
    public String type() {
      return argument.type().text();
    }

    @Override
    public String fromRows() {
      return direction.aggregate() + "(" + Unparser.inputColumn(argument.name()) + ")";
    }

    /** The best value of the rows that came, among the changes. */
    public Identifier arrived() {
      return Identifier.of("__arrived" + name.name().substring(1));
    }

    /** The best value of the rows that left, among the changes. */
    public Identifier gone() {
      return Identifier.of("__gone" + name.name().substring(1));
    }

    /** Whether it must be read again. */
    public Identifier lost() {
      return Identifier.of("__lost" + name.name().substring(1));
    }
  }

  /** Which end of the values. */
  enum Direction {
    LEAST("min", "<=", "ASC"),
    GREATEST("max", ">=", "DESC");

    private final String aggregate;
    private final String asGoodAs;
    private final String bestFirst;

    Direction(String aggregate, String asGoodAs, String bestFirst) {
      this.aggregate = aggregate;
      this.asGoodAs = asGoodAs;
      this.bestFirst = bestFirst;
    }

    /** PostgreSQL's aggregate. */
    public String aggregate() {
      return aggregate;
    }

    /** PostgreSQL's function of several values that gives the best one, whatever is NULL. */
    public String function() {
      return name();
    }

    /** The order in which the best value comes first. */
    public String bestFirst() {
      return bestFirst;
    }

    /** The comparison that is true for a value that is as good as another, or better. */
    public String asGoodAs() {
      return asGoodAs;
    }
  }
}
