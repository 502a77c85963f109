package dev.pgtrickle.cli.demo.kubernetes;

import dev.pgtrickle.cli.demo.SampleFiles;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.postgres.SqlErrors;
import dev.pgtrickle.testbed.cnpg.StandInCluster;
import dev.pgtrickle.testbed.cnpg.StandInClusters;
import dev.pgtrickle.testbed.kubernetes.ControlPlane;
import dev.pgtrickle.testbed.machine.ExternalProgram;
import dev.pgtrickle.testbed.machine.TestbedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The Cluster of the examples, applied as users do, with the shop in its database. */
record ShopCluster(StandInCluster cluster, String address) {
  static final String NAME = "shop";

  /** The database and the role that owns it, as the Cluster's manifest has them. */
  private static final String DATABASE = "shop";

  static ShopCluster create(ControlPlane controlPlane, StandInClusters clusters) {
    ExternalProgram.Outcome applied =
        controlPlane
            .kubectl()
            .runWithInput(SampleFiles.cluster(), "apply", "--server-side", "-f", "-");
    if (!applied.succeeded()) {
      throw new TestbedException("The Cluster could not be applied:\n" + applied.output());
    }
    StandInCluster cluster = clusters.await(NAME);
    ShopCluster shop = new ShopCluster(cluster, clusters.hosts().address(cluster.host()));
    shop.fill();
    return shop;
  }

  /** As the application connects: by the service's name, everything verified. */
  ConnectionTarget target() {
    return new ConnectionTarget(cluster.jdbcUrl(), DATABASE, cluster.applicationPassword());
  }

  /** For programs that do not know the service's name; the password is in the Secret. */
  String url() {
    return "postgresql://%s@%s:%d/%s?sslmode=require"
        .formatted(DATABASE, address, cluster.port(), DATABASE);
  }

  private void fill() {
    try (Connection connection = cluster.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(SampleFiles.shop());
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "filling the sample shop");
    }
  }
}
