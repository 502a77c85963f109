package dev.pgtrickle.e2e.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.cnpg.StandInCluster;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What changes under an operator that is connected: it goes on by itself, without a restart. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RotationTest {
  private static final String TABLE = "order-totals";
  private static final String DATABASE = "app";

  private OperatorWorld world;
  private StandInCluster cluster;
  private OperatorProcess operator;

  @BeforeAll
  void start() {
    world = OperatorWorld.create("rotation");
    cluster = world.cluster(Shop.CLUSTER, 1);
    Shop.create(cluster);
    operator = world.operator().awaitReady();
    world.apply(Shop.manifest(TABLE));
    world.awaitReady(TABLE, "Serving");
  }

  @AfterAll
  void stop() {
    operator.close();
    world.close();
  }

  @Test
  void aNewPasswordIsTakenFromTheSecret() {
    String before = cluster.applicationPassword();
    try {
      password("rotated");
      secret("rotated");
      endSessions();
      equalAfterAnOrder(1_001);
      world.awaitReady(TABLE, "Serving");
    } finally {
      password(before);
      secret(before);
      endSessions();
    }
    equalAfterAnOrder(1_002);
  }

  @Test
  void whatWasUninstalledIsInstalledAgain() {
    OperatorWorld.query(cluster, "SELECT pgtrickle.uninstall()::text");
    assertThat(OperatorWorld.query(cluster, "SELECT to_regclass('order_totals') IS NULL"))
        .isEqualTo("t");
    equalAfterAnOrder(2_001);
    world.awaitReady(TABLE, "Serving");
  }

  private void equalAfterAnOrder(int id) {
    String order = "INSERT INTO orders VALUES (%d, %d, %d)".formatted(id, id % 5, id);
    asSuperuser(DATABASE, order);
    OperatorWorld.await("equal to the query", () -> difference().equals("0"), operator::log);
  }

  /** As somebody whose password does not change. */
  private String difference() {
    try (var connection = cluster.primary().connect(DATABASE, "postgres");
        var statement = connection.createStatement();
        var row = statement.executeQuery(Shop.difference("order_totals", Shop.QUERY))) {
      row.next();
      return row.getString(1);
    } catch (SQLException notThereYet) {
      return notThereYet.getMessage();
    }
  }

  private void password(String password) {
    asSuperuser("postgres", "ALTER ROLE app PASSWORD '" + password + "'");
  }

  private void endSessions() {
    asSuperuser(
        "postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'app'");
  }

  private void secret(String password) {
    String data = Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8));
    world.kubectl(
        "patch",
        "secret",
        "pg-main-app",
        "--type=merge",
        "-p",
        "{\"data\": {\"password\": \"%s\"}}".formatted(data));
  }

  private void asSuperuser(String database, String sql) {
    try (var connection = cluster.primary().connect(database, "postgres");
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }
}
