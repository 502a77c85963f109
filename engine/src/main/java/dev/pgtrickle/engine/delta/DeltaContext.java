package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the common tables of one statement, in the order in which they read each other. Each is
 * named after its operator, with the number that the operator has in the statement.
 */
public final class DeltaContext {
  private final ChangeReader changes;
  private final Netting netting;
  private final KeptGroups kept;
  private final List<CommonTable> tables = new ArrayList<>();
  private int nodes;

  /** For a plan that keeps no state but in its result. */
  public DeltaContext(ChangeReader changes, Netting netting) {
    this(changes, netting, KeptGroups.NONE);
  }

  public DeltaContext(ChangeReader changes, Netting netting, KeptGroups kept) {
    this.changes = changes;
    this.netting = netting;
    this.kept = kept;
  }

  boolean isChanged(Scan scan) {
    return changes.activity(scan) == ChangeReader.Activity.CHANGED;
  }

  Netting netting() {
    return netting;
  }

  /** Adds the changes of a table. */
  Identifier defineChanges(Scan scan) {
    CommonTable table = changes.signedRows(nextName("scan", "delta"), scan);
    tables.add(table);
    return table.name();
  }

  /** Leaves out of the changes of a table what does not meet a condition, if the reader can. */
  ChangeReader.Narrowing narrow(Identifier table, String condition) {
    return changes.narrow(table, condition);
  }

  /** The changes as rows with signs: those of groups below the top follow their kept state. */
  DeltaNode asRows(DeltaNode delta) {
    return delta instanceof DeltaNode.GroupChanges changes ? kept.follow(changes, this) : delta;
  }

  /** Adds the delta of an operator, named after it. */
  public Identifier define(String operator, String comment, String body) {
    return add(CommonTable.inline(nextName(operator, "delta"), comment, body));
  }

  /** Adds something that is read more than once and must not be computed twice. */
  Identifier defineOnce(String operator, String role, String comment, String body) {
    return add(CommonTable.materialized(nextName(operator, role), comment, body));
  }

  /** Adds common tables that read no others than those before them. */
  public void addAll(List<CommonTable> more) {
    tables.addAll(more);
  }

  private Identifier add(CommonTable table) {
    tables.add(table);
    return table.name();
  }

  /** What has been defined. */
  public List<CommonTable> tables() {
    return List.copyOf(tables);
  }

  private String nextName(String operator, String role) {
    nodes++;
    return operator + "_" + nodes + "_" + role;
  }
}
