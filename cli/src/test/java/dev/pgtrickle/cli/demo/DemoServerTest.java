package dev.pgtrickle.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.binding.manifest.ManifestReader;
import dev.pgtrickle.binding.manifest.Manifests;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;

class DemoServerTest {

  @Test
  void theShopIsFilledAndSellsAndBelongsToAnOrdinaryRole() throws Exception {
    try (DemoServer demo = DemoServer.start(line -> {})) {
      ConnectionTarget target = demo.database("shop");
      assertThat(demo.database("shop")).isSameAs(target);
      try (Connection connection = DriverManager.getConnection(target.url())) {
        SqlSession session = new SqlSession(connection);
        assertThat(session.queryLong("SELECT count(*) FROM orders")).isEqualTo(10_000);
        assertThat(session.queryText("SELECT current_setting('is_superuser')")).isEqualTo("off");
        try (ShopWriter writer = ShopWriter.open(target)) {
          writer.happen(60);
        }
        assertThat(session.queryLong("SELECT count(*) FROM orders")).isGreaterThan(10_000);
        for (Manifests.Declared table : samples().tables()) {
          assertThat(table.table().database()).isEqualTo("shop");
          session.query(table.table().definition().query());
        }
      }
      assertThat(demo.url("shop")).matches("postgresql://shop@127\\.0\\.0\\.1:\\d+/shop");
    }
  }

  @Test
  void theSampleManifestsAreValid() {
    assertThat(samples().problems()).isEmpty();
    assertThat(samples().tables()).hasSizeGreaterThanOrEqualTo(3);
  }

  private static Manifests samples() {
    return new ManifestReader().parse(SampleFiles.MANIFESTS_NAME, SampleFiles.manifests());
  }
}
