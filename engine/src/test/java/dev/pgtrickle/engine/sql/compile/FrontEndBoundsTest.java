package dev.pgtrickle.engine.sql.compile;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.QueryUnparser;
import dev.pgtrickle.engine.algebra.property.CandidateKeys;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.sql.QueryText;
import dev.pgtrickle.engine.sql.parser.Bounds;
import dev.pgtrickle.engine.sql.parser.DeepStack;
import dev.pgtrickle.engine.sql.resolve.FunctionTraits;
import dev.pgtrickle.engine.sql.resolve.NameCatalog;
import dev.pgtrickle.engine.sql.resolve.SourceRelation;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The deepest and the longest texts are compiled, or refused, within a second of processor time:
 * how long the clock says depends on what else the machine does.
 */
class FrontEndBoundsTest {
  private static final Duration LIMIT = Duration.ofSeconds(1);

  /** The compiler's threads count too, at first; a slow front end is slow every time. */
  private static final int ATTEMPTS = 4;

  static List<String> texts() {
    return List.of(
        "SELECT " + "(1 + ".repeat(4_990) + "1" + ")".repeat(4_990),
        "SELECT " + "(".repeat(60_000),
        "SELECT " + "NOT ".repeat(15_000) + "TRUE",
        "SELECT (1 = ANY (ARRAY[1" + ", 1".repeat(20_000) + "]))",
        "SELECT \"a\".\"x\"" + ", \"a\".\"x\"".repeat(1_600) + " FROM ( SELECT 1 AS \"x\") \"a\"",
        "SELECT 1 WHERE (1" + " AND 1".repeat(10_000) + ")",
        "SELECT 1 WHERE (TRUE" + " AND (1 = 1)".repeat(5_000) + ")",
        "SELECT CASE" + " WHEN (1 = 1) THEN 1".repeat(3_000) + " ELSE 2 END",
        "SELECT 1" + " UNION SELECT 1".repeat(4_000),
        "SELECT 1 FROM ( SELECT 1) \"a\"" + ", ( SELECT 1) \"a\"".repeat(300),
        "SELECT 1 FROM ( SELECT 1) \"a\"" + ", ( SELECT 1) \"a\"".repeat(3_500),
        "SELECT (".repeat(60) + "SELECT 1" + ")".repeat(60),
        "SELECT 1 FROM ( ".repeat(60) + "SELECT 1" + ") \"a\"".repeat(60),
        " VALUES (1, 2)" + ", (1, 2)".repeat(7_000));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void longAndDeepTextsAreAnsweredWithinASecond(String text) {
    var process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    Duration best = Duration.ofDays(1);
    for (int attempt = 0; attempt < ATTEMPTS && best.compareTo(LIMIT) > 0; attempt++) {
      long start = process.getProcessCpuTime();
      compile(text);
      Duration taken = Duration.ofNanos(process.getProcessCpuTime() - start);
      best = taken.compareTo(best) < 0 ? taken : best;
    }
    assertThat(best).isLessThan(LIMIT);
  }

  private static void compile(String text) {
    try {
      Operator plan =
          new QueryFrontEnd(Bounds.standard()).plan(new QueryText(text), text, new NoNames());
      String sql =
          DeepStack.call(() -> {
            CandidateKeys.of(plan);
            return new QueryUnparser().query(plan);
          });
      assertThat(sql).isNotEmpty();
    } catch (TrickleException refused) {
      assertThat(refused).hasMessageContaining(" ");
    }
  }

  /** The texts name nothing. */
  private record NoNames() implements NameCatalog {

    @Override
    public Optional<SourceRelation> relation(List<Identifier> path) {
      return Optional.empty();
    }

    @Override
    public FunctionTraits function(List<Identifier> path, int arguments) {
      return new FunctionTraits(false, false);
    }
  }
}
