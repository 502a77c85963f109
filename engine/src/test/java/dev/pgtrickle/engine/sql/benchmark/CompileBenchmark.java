package dev.pgtrickle.engine.sql.benchmark;

import dev.pgtrickle.engine.sql.benchmark.CompiledQuestions.Compiled;
import dev.pgtrickle.engine.sql.benchmark.CompiledQuestions.Question;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The warm compilation of each question of TPC-H, without trips to PostgreSQL. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class CompileBenchmark {
  private static final String ALL = "all";

  @Param({
    "q01", "q02", "q03", "q04", "q05", "q06", "q07", "q08", "q09", "q10", "q11", "q12", "q13",
    "q14", "q15", "q16", "q17", "q18", "q19", "q20", "q21", "q22"
  })
  public String question = ALL;

  private final CompiledQuestions questions;
  private Question asked;

  /** The harness makes it, in a process of its own. */
  public CompileBenchmark() {
    try {
      questions = new CompiledQuestions();
      asked = questions.questions().getFirst();
    } catch (SQLException | IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Setup(Level.Trial)
  public void read() throws SQLException {
    asked = questions.question(question);
    questions.read(asked);
  }

  @Benchmark
  public Compiled compile() {
    return questions.compile(asked);
  }

  @TearDown(Level.Trial)
  public void close() throws SQLException {
    questions.close();
  }
}
