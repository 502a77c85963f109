package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.nexmark.NexmarkChanges;
import dev.pgtrickle.testbed.nexmark.NexmarkData;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.TestServers;
import dev.pgtrickle.testbed.questions.Question;
import dev.pgtrickle.testbed.questions.Questions;
import dev.pgtrickle.testbed.tpch.TpchChanges;
import dev.pgtrickle.testbed.tpch.TpchData;
import dev.pgtrickle.testbed.tpch.TpchScale;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * Every question of TPC-H and every query of Nexmark as a stream table, over random changes of all
 * their sources, compared by image after every refresh. Which are differential, and why the others
 * are not, is committed: a rule that is new or lost shows there.
 */
class SuiteTablesTest {
  private static final Path PLANS = Path.of("src", "test", "resources", "golden", "suite-plans");
  private static final long SEED = Long.getLong("pgtrickle.suite.seed", 20261122L);
  private static final int FEW = 3;
  private static final int MANY = Integer.getInteger("pgtrickle.suite.cycles", 50);

  @Test
  void tpch() throws Exception {
    tpch(TestServers.newest(), new TpchScale(0.001), FEW);
  }

  @Test
  void nexmark() throws Exception {
    nexmark(TestServers.newest(), new NexmarkData(20, SEED), FEW);
  }

  @Tag("long")
  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void manyCyclesOfTpch(PostgresVersion version) throws Exception {
    tpch(version, new TpchScale(0.003), MANY);
  }

  @Tag("long")
  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void manyCyclesOfNexmark(PostgresVersion version) throws Exception {
    nexmark(version, new NexmarkData(60, SEED), MANY);
  }

  private static void tpch(PostgresVersion version, TpchScale scale, int cycles) throws Exception {
    run(
        version,
        "tpch",
        Questions.tpch(),
        new TpchData(scale, SEED).statements(),
        new TpchChanges(scale, SEED, 5)::cycle,
        cycles);
  }

  private static void nexmark(PostgresVersion version, NexmarkData data, int cycles)
      throws Exception {
    run(
        version,
        "nexmark",
        Questions.nexmark(),
        data.statements(),
        new NexmarkChanges(data, SEED, 5)::cycle,
        cycles);
  }

  private interface Changes {
    List<String> cycle();
  }

  private static void run(
      PostgresVersion version,
      String suite,
      List<Question> questions,
      List<String> data,
      Changes changes,
      int cycles)
      throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(data.toArray(String[]::new));
      fixture.start();
      SuiteTables tables = new SuiteTables(fixture, questions);
      assertThat(tables.create())
          .as("which are differential; a change that was meant belongs into the file")
          .isEqualTo(Files.readString(PLANS.resolve(suite + ".txt")));
      tables.compare("their creation");
      for (int cycle = 0; cycle < cycles; cycle++) {
        List<String> statements = changes.cycle();
        fixture.database.execute(statements.toArray(String[]::new));
        tables.refresh(
            "cycle %d with seed %d:%n%s"
                .formatted(cycle, SEED, String.join(";%n".formatted(), statements)));
      }
      tables.assertKeptAsPlanned(cycles);
    }
  }
}
