package dev.pgtrickle.cli.bench.writer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.cli.bench.BenchServer;
import dev.pgtrickle.cli.bench.Measure;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.sql.Connection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WriterVariantTest {

  @Test
  void aRoundMeasuresEveryKindOfWritingAndLeavesTheTableAsItWas() throws Exception {
    try (TestDatabase database = TestDatabase.create(TestServers.newest());
        BenchServer server =
            BenchServer.open(
                Optional.of(new ConnectionTarget(database.jdbcUrl(), database.user(), "")),
                BenchServer.Instruments.NONE,
                line -> {});
        Connection connection = server.connect()) {
      database.execute("CREATE SCHEMA trickle_bench");
      AtomicInteger settled = new AtomicInteger();
      WriterTable table = WriterTable.of("none");
      table.create(connection);
      WriterVariant variant =
          new WriterVariant(
              "none", table, server, new WriterLoad(1_000, 20, 5), settled::incrementAndGet);

      Map<Measure, Double> measured = variant.measure(0);

      assertThat(measured.keySet())
          .containsExactly(
              WriterMeasures.BULK_INSERT,
              WriterMeasures.BULK_UPDATE,
              WriterMeasures.BULK_UPDATE_UNREFERENCED,
              WriterMeasures.BULK_DELETE,
              WriterMeasures.SINGLE_INSERT,
              WriterMeasures.SINGLE_UPDATE,
              WriterMeasures.SINGLE_DELETE,
              WriterMeasures.CLIENTS);
      assertThat(measured.values()).allSatisfy(value -> assertThat(value).isPositive());
      assertThat(settled).as("after each bulk statement, the single ones, the clients").hasValue(6);
      assertThat(database.queryLong("SELECT count(*) FROM trickle_bench.writer_none"))
          .as("only the rows that nobody touches are left")
          .isEqualTo(100_000);
    }
  }
}
