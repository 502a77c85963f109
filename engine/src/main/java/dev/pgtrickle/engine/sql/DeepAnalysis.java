package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.sql.parser.DeepStack;
import java.sql.SQLException;

/** Runs work that talks to PostgreSQL and walks plans of any depth. */
final class DeepAnalysis {

  private DeepAnalysis() {}

  /** Work that may fail as PostgreSQL does. */
  @FunctionalInterface
  interface Work<R> {
    R run() throws SQLException;
  }

  static <R> R run(Work<R> work) throws SQLException {
    try {
      return DeepStack.call(() -> {
        try {
          return work.run();
        } catch (SQLException failure) {
          throw new Carried(failure);
        }
      });
    } catch (Carried carried) {
      throw carried.failure;
    }
  }

  /** Brings an exception from one thread to the other. */
  private static final class Carried extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SQLException failure;

    Carried(SQLException failure) {
      super(failure);
      this.failure = failure;
    }
  }
}
