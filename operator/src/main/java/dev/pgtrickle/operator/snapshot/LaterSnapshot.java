package dev.pgtrickle.operator.snapshot;

import dev.pgtrickle.crds.condition.Condition;
import dev.pgtrickle.crds.oneshot.OneShotCondition;
import dev.pgtrickle.crds.oneshot.OneShotReason;
import dev.pgtrickle.crds.snapshot.Snapshot;
import dev.pgtrickle.crds.snapshot.SnapshotStatus;
import dev.pgtrickle.operator.unsupported.LaterKind;
import java.time.Instant;
import java.util.List;

/** The kind Snapshot until its release. */
final class LaterSnapshot implements LaterKind<Snapshot, SnapshotStatus> {

  @Override
  public String message() {
    return "Snapshot comes with a later release; nothing was copied";
  }

  @Override
  public Snapshot empty() {
    return new Snapshot();
  }

  @Override
  public List<Condition> conditions(SnapshotStatus status) {
    return status.conditions();
  }

  @Override
  public List<Condition> unsupported(String message, long generation, Instant now) {
    return List.of(
        OneShotCondition.READY.isFalse(OneShotReason.UNSUPPORTED, message, generation, now),
        OneShotCondition.STALLED.isTrue(OneShotReason.UNSUPPORTED, message, generation, now));
  }

  @Override
  public SnapshotStatus status(long generation, List<Condition> conditions) {
    return new SnapshotStatus(generation, null, null, null, List.of(), null, conditions);
  }
}
