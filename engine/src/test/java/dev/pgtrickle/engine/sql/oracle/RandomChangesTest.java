package dev.pgtrickle.engine.sql.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random queries as stream tables, over tables that change at random: equal by image, always. A
 * failure prints its seed and leaves a smaller case that {@code trickle replay} can run.
 */
class RandomChangesTest {
  private static final long SEED = 20261122;

  /** Tables that see the same changes. */
  private static final int TOGETHER = 20;

  private static final int BATCHES = 20;
  private static final int ALWAYS = 300;
  private static final int LONG = 10_000;

  /** The same queries on each version, few of them: the newest sees many. */
  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void randomQueriesAreKept(PostgresVersion version) throws SQLException, IOException {
    ChangedTables.Run run = run(version, ChangedTables.Over.TABLES, SEED + version.major(), 5, 4);
    assertThat(run.kept()).as("tables").isGreaterThan(1);
    assertThat(run.comparisons()).isGreaterThanOrEqualTo(run.kept());
  }

  @Test
  void threeHundredRandomQueriesAreKept() throws SQLException, IOException {
    int kept = 0;
    int differential = 0;
    for (int first = 0; first < ALWAYS; first += TOGETHER) {
      ChangedTables.Run run = run(ChangedTables.Over.TABLES, SEED + first, TOGETHER, BATCHES);
      kept += run.kept();
      differential += run.differential();
    }
    assertThat(kept).as("tables").isGreaterThan(ALWAYS / 2);
    assertThat(differential).as("kept by their changes").isGreaterThan(ALWAYS / 10);
  }

  @Test
  @Tag("long")
  void manyRandomQueriesAreKept() throws SQLException, IOException {
    LongRun progress = LongRun.of("random-changes", SEED + 1_000_000, LONG);
    long next = progress.next();
    while (next < progress.end()) {
      int count = (int) Math.min(TOGETHER, progress.end() - next);
      run(ChangedTables.Over.TABLES, next, count, BATCHES);
      next += count;
      progress.reached(next);
    }
    progress.finished();
  }

  /** Few queries, and so many changes that what happens seldom happens as well. */
  @Test
  @Tag("long")
  void someAreKeptForLong() throws SQLException, IOException {
    LongRun progress = LongRun.of("long-changes", SEED + 2_000_000, 100);
    long next = progress.next();
    while (next < progress.end()) {
      run(ChangedTables.Over.TABLES, next, 10, 500);
      next += 10;
      progress.reached(next);
    }
    progress.finished();
  }

  /** The same over stream tables: what is handed on within a refresh is a change like any other. */
  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void randomQueriesOverStreamTablesAreKept(PostgresVersion version)
      throws SQLException, IOException {
    ChangedTables.Run run =
        run(version, ChangedTables.Over.STREAM_TABLES, SEED + 3_000 + version.major(), 10, 5);
    assertThat(run.kept()).as("tables").isGreaterThan(3);
  }

  @Test
  @Tag("long")
  void manyRandomQueriesOverStreamTablesAreKept() throws SQLException, IOException {
    LongRun progress = LongRun.of("random-graphs", SEED + 4_000_000, 2_000);
    long next = progress.next();
    while (next < progress.end()) {
      int count = (int) Math.min(TOGETHER, progress.end() - next);
      run(ChangedTables.Over.STREAM_TABLES, next, count, BATCHES);
      next += count;
      progress.reached(next);
    }
    progress.finished();
  }

  /** And over partitions and children, of which some come and go while their rows change. */
  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void randomQueriesOverTablesWithOthersBelowAreKept(PostgresVersion version)
      throws SQLException, IOException {
    for (ChangedTables.Over over :
        List.of(ChangedTables.Over.PARTITIONS, ChangedTables.Over.CHILDREN)) {
      ChangedTables.Run run = run(version, over, SEED + 5_000 + version.major(), 10, 8);
      assertThat(run.kept()).as("tables").isGreaterThan(3);
    }
  }

  @Test
  @Tag("long")
  void manyRandomQueriesOverTablesWithOthersBelowAreKept() throws SQLException, IOException {
    LongRun progress = LongRun.of("random-trees", SEED + 6_000_000, 2_000);
    long next = progress.next();
    while (next < progress.end()) {
      int count = (int) Math.min(TOGETHER, progress.end() - next);
      run(ChangedTables.Over.PARTITIONS, next, count, BATCHES);
      run(ChangedTables.Over.CHILDREN, next, count, BATCHES);
      next += count;
      progress.reached(next);
    }
    progress.finished();
  }

  private static ChangedTables.Run run(
      ChangedTables.Over over, long firstSeed, int count, int batches)
      throws SQLException, IOException {
    return run(TestServers.newest(), over, firstSeed, count, batches);
  }

  private static ChangedTables.Run run(
      PostgresVersion version, ChangedTables.Over over, long firstSeed, int count, int batches)
      throws SQLException, IOException {
    FeaturePairs pairs = new FeaturePairs();
    List<GeneratedTable> tables =
        IntStream.range(0, count).mapToObj(index -> pairs.table(firstSeed + index)).toList();
    Choices choices = Choices.random(firstSeed);
    List<List<String>> changes = new ArrayList<>();
    for (int batch = 0; batch < batches; batch++) {
      List<String> batchOfRows = new ChangeGenerator(choices).batch();
      changes.add(
          over.trees().map(trees -> trees.changed(batchOfRows, choices)).orElse(batchOfRows));
    }
    ChangedTables changed = new ChangedTables(version, over);
    ChangedTables.Run run = changed.run(tables, changes);
    System.out.printf(
        "random changes of %s, PostgreSQL %d, seeds %d to %d: %d tables, %d of them differential, %d comparisons%n",
        over,
        version.major(),
        firstSeed,
        firstSeed + count - 1,
        run.kept(),
        run.differential(),
        run.comparisons());
    if (run.found().isPresent()) {
      FailedCase failed = FailedCase.of(changed, run.found().get(), changes);
      fail("%s%n%s%nfirst was%n%s", failed.file(), failed.text(), run.found().get());
    }
    return run;
  }
}
