package dev.pgtrickle.operator.restore;

import dev.pgtrickle.crds.condition.Condition;
import dev.pgtrickle.crds.oneshot.OneShotCondition;
import dev.pgtrickle.crds.oneshot.OneShotReason;
import dev.pgtrickle.crds.restore.Restore;
import dev.pgtrickle.crds.restore.RestoreStatus;
import dev.pgtrickle.operator.unsupported.LaterKind;
import java.time.Instant;
import java.util.List;

/** The kind Restore until its release. */
final class LaterRestore implements LaterKind<Restore, RestoreStatus> {

  @Override
  public String message() {
    return "Restore comes with a later release; nothing was changed";
  }

  @Override
  public Restore empty() {
    return new Restore();
  }

  @Override
  public List<Condition> conditions(RestoreStatus status) {
    return status.conditions();
  }

  @Override
  public List<Condition> unsupported(String message, long generation, Instant now) {
    return List.of(
        OneShotCondition.READY.isFalse(OneShotReason.UNSUPPORTED, message, generation, now),
        OneShotCondition.STALLED.isTrue(OneShotReason.UNSUPPORTED, message, generation, now));
  }

  @Override
  public RestoreStatus status(long generation, List<Condition> conditions) {
    return new RestoreStatus(generation, null, null, List.of(), conditions);
  }
}
