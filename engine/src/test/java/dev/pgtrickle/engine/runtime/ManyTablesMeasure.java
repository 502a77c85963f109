package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("long")
class ManyTablesMeasure {
  @ParameterizedTest
  @MethodSource(EngineFixture.VERSIONS)
  void measure(PostgresVersion version) throws Exception {
    int tables = 300;
    try (EngineFixture fixture = new EngineFixture(version)) {
      for (int i = 0; i < 20; i++) {
        fixture.database.execute(
            "CREATE TABLE entry_" + i + " (id int primary key, branch int)",
            "INSERT INTO entry_" + i + " SELECT g, g % 3 FROM generate_series(1, 100) AS g");
      }
      fixture.start();
      long t = System.nanoTime();
      for (int i = 0; i < tables; i++) {
        fixture
            .engine()
            .apply(
                fixture.manual(
                    "t" + i,
                    "SELECT branch, count(*) AS n FROM public.entry_"
                        + i % 20
                        + " WHERE id <> "
                        + i
                        + " GROUP BY branch"));
      }
      System.out.println("FIGURE apply ms each " + (System.nanoTime() - t) / 1e6 / tables);
      for (int i = 0; i < tables; i++)
        fixture.engine().await(fixture.relation("t" + i), Duration.ofMinutes(3));
      System.out.println("FIGURE all populated s " + (System.nanoTime() - t) / 1e9);
      t = System.nanoTime();
      for (int i = 0; i < 10; i++) fixture.engine().report();
      System.out.println("FIGURE report ms " + (System.nanoTime() - t) / 1e7);
      t = System.nanoTime();
      for (int i = 0; i < tables; i++)
        fixture
            .engine()
            .apply(
                fixture.manual(
                    "t" + i,
                    "SELECT branch, count(*) AS n FROM public.entry_"
                        + i % 20
                        + " WHERE id <> "
                        + i
                        + " GROUP BY branch"));
      System.out.println(
          "FIGURE apply unchanged ms each " + (System.nanoTime() - t) / 1e6 / tables);
      fixture.engine().close();
      t = System.nanoTime();
      fixture.start();
      System.out.println("FIGURE start s " + (System.nanoTime() - t) / 1e9);
      for (int i = 0; i < tables; i++) fixture.refresh("t" + i);
      System.out.println("FIGURE start + all refreshed s " + (System.nanoTime() - t) / 1e9);
    }
  }
}
