package dev.pgtrickle.cli.bench.delta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.tpch.TpchData;
import dev.pgtrickle.testbed.tpch.TpchScale;
import java.sql.Connection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A rival that is wrong would be no measure. */
class HandWrittenDeltaTest {
  private static final TpchScale SCALE = new TpchScale(0.002);
  private static final long FEW = 60;
  private static final long MANY = 1_500;

  @ParameterizedTest
  @EnumSource
  void theRivalIsExactOverFewChangesAndMany(DeltaShape shape) throws Exception {
    try (TestDatabase database = TestDatabase.create(PostgresVersion.ofMajor(18));
        Connection writing = database.connect();
        Connection refreshing = database.connect()) {
      SqlSession writer = new SqlSession(writing);
      writer.execute(new TpchData(SCALE, 1).statements().toArray(String[]::new));
      FactChanges changes = new FactChanges(SCALE);
      changes.prepare(writer, MANY);
      HandWrittenDelta rival = HandWrittenDelta.create(refreshing, shape);
      long before = lines(database);
      for (long rows : new long[] {FEW, MANY, FEW, MANY, MANY, FEW}) {
        rival.tidy();
        changes.round(writer, rows);
        changes.round(writer, FEW);
        writer.execute(
            "UPDATE lineitem SET l_discount = 0.10 WHERE l_orderkey BETWEEN 5 AND 9",
            "UPDATE lineitem SET l_discount = 0.01 WHERE l_orderkey BETWEEN 7 AND 12");
        assertThat(rival.differences(shape.query())).as("before a refresh").isPositive();
        assertThat(rival.refresh()).isPositive();
        assertThat(rival.differences(shape.query())).as("after " + rows).isZero();
      }
      assertThat(lines(database)).as("rows of the table").isCloseTo(before, withinPercent(10));
    }
  }

  private static org.assertj.core.data.Percentage withinPercent(int percent) {
    return org.assertj.core.data.Percentage.withPercentage(percent);
  }

  private static long lines(TestDatabase database) throws Exception {
    return database.queryLong("SELECT count(*) FROM lineitem");
  }
}
