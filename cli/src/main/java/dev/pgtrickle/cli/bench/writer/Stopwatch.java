package dev.pgtrickle.cli.bench.writer;

import dev.pgtrickle.cli.bench.BenchServer;
import dev.pgtrickle.cli.bench.Measure;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;

/** Times statements of one session: CPU of its server process where that can be seen, else wall. */
sealed interface Stopwatch {

  /** Statements to be timed. */
  @FunctionalInterface
  interface Work {
    void run() throws SQLException;
  }

  long nanos(Work work) throws SQLException;

  /** The measure that this watch takes in place of one of CPU. */
  Measure measure(Measure ofCpu);

  static Stopwatch of(Connection connection, BenchServer.Whereabouts whereabouts)
      throws SQLException {
    BackendClock clock =
        new BackendClock(new SqlSession(connection).queryLong("SELECT pg_backend_pid()"));
    return whereabouts == BenchServer.Whereabouts.THIS_MACHINE && clock.isReadable()
        ? new Cpu(clock)
        : new Wall();
  }

  /** On this machine. */
  record Cpu(BackendClock clock) implements Stopwatch {
    @Override
    public long nanos(Work work) throws SQLException {
      long before = clock.nanos();
      work.run();
      return clock.nanos() - before;
    }

    @Override
    public Measure measure(Measure ofCpu) {
      return ofCpu;
    }
  }

  /** Elsewhere. */
  record Wall() implements Stopwatch {
    @Override
    public long nanos(Work work) throws SQLException {
      long before = System.nanoTime();
      work.run();
      return System.nanoTime() - before;
    }

    @Override
    public Measure measure(Measure ofCpu) {
      return WriterMeasures.wall(ofCpu);
    }
  }
}
