package dev.pgtrickle.e2e.operator;

import dev.pgtrickle.testbed.cnpg.Pace;
import dev.pgtrickle.testbed.cnpg.StandInCluster;

/**
 * A served table in a database that its owner takes away and gives back, at the pace at which
 * CloudNativePG was seen to do it.
 */
final class TakenAwayWorld implements AutoCloseable {
  static final String TABLE = "order-totals";

  private final OperatorWorld world;
  private final StandInCluster cluster;
  private final OperatorProcess operator;

  private TakenAwayWorld(OperatorWorld world, StandInCluster cluster, OperatorProcess operator) {
    this.world = world;
    this.cluster = cluster;
    this.operator = operator;
  }

  static TakenAwayWorld create(String name) {
    OperatorWorld world = OperatorWorld.create(name, Pace.AS_RECORDED);
    StandInCluster cluster = world.cluster(Shop.CLUSTER, 2);
    Shop.create(cluster);
    OperatorProcess operator = world.operator().awaitReady();
    world.apply(Shop.manifest(TABLE));
    world.awaitReady(TABLE, "Serving");
    return new TakenAwayWorld(world, cluster, operator);
  }

  StandInCluster cluster() {
    return cluster;
  }

  OperatorWorld world() {
    return world;
  }

  void awaitDatabase(String condition) {
    world.awaitCondition(TABLE, "DatabaseReachable", condition);
  }

  String ready() {
    return world.condition(TABLE, "Ready");
  }

  /** It is served again, and an order that is written now, with this number, is in it soon. */
  void awaitServed(int order) {
    world.awaitReady(TABLE, "Serving");
    Shop.awaitEqualAfterAnOrder(cluster, order, operator);
  }

  @Override
  public void close() {
    operator.close();
    world.close();
  }
}
