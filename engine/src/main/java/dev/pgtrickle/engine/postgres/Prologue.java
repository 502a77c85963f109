package dev.pgtrickle.engine.postgres;

import java.util.ArrayList;
import java.util.List;

/**
 * P2: everything that a refresh does before it has a snapshot, as statements of ONE string. LOCK
 * and SET LOCAL take no snapshot, so the SELECT that follows sees everything that was committed
 * while the locks were waited for. A DO block, a function or set_config() would take it too early.
 */
public class Prologue {

  /** The statements up to, but not including, the one that takes the snapshot. */
  public List<String> statements(LockPlan locks, Fence fence) {
    List<String> statements = new ArrayList<>();
    statements.add("BEGIN ISOLATION LEVEL REPEATABLE READ");
    statements.add("SET LOCAL lock_timeout = " + locks.timeout().toMillis());
    statements.addAll(locks.settings());
    statements.add(fence.lockStatement());
    statements.addAll(tableLocks(locks));
    return statements;
  }

  /** The locks on tables; apart, so that a test can leave them out and see what breaks. */
  protected List<String> tableLocks(LockPlan locks) {
    List<String> statements = new ArrayList<>();
    if (!locks.guards().isEmpty()) {
      statements.add(
          "LOCK TABLE " + SqlText.names(locks.guards()) + " IN SHARE ROW EXCLUSIVE MODE");
    }
    if (!locks.reads().isEmpty()) {
      statements.add("LOCK TABLE " + SqlText.names(locks.reads()) + " IN ACCESS SHARE MODE");
    }
    return statements;
  }
}
