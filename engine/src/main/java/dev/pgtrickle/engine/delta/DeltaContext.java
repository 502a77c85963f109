package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.ArrayList;
import java.util.List;

/** Collects the common tables of one statement, in the order in which they read each other. */
public final class DeltaContext {
  private final ChangeReader changes;
  private final List<CommonTable> tables = new ArrayList<>();
  private int nodes;

  public DeltaContext(ChangeReader changes) {
    this.changes = changes;
  }

  /** Adds the changes of a table. */
  Identifier defineChanges(Scan scan) {
    CommonTable table = changes.signedRows(nextName("scan"), scan);
    tables.add(table);
    return table.name();
  }

  /** Adds the delta of an operator, named after it. */
  Identifier define(String operator, String comment, String body) {
    CommonTable table = CommonTable.inline(nextName(operator), comment, body);
    tables.add(table);
    return table.name();
  }

  /** What has been defined. */
  public List<CommonTable> tables() {
    return List.copyOf(tables);
  }

  private String nextName(String operator) {
    nodes++;
    return operator + "_" + nodes + "_delta";
  }
}
