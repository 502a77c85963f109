package dev.pgtrickle.testbed.cnpg.timeline;

import java.util.List;

/**
 * What a Cluster's status shows, with roles instead of the names of instances.
 *
 * @param timelinesLater how many timelines after the one at the beginning
 * @param conditions those that differ from a healthy Cluster's, and Ready always
 */
public record Shown(
    String phase,
    InstanceRole currentPrimary,
    InstanceRole targetPrimary,
    int timelinesLater,
    ReadyInstances readyInstances,
    List<ShownCondition> conditions) {
  public Shown {
    conditions = List.copyOf(conditions);
  }
}
