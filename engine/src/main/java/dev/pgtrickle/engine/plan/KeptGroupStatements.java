package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.AggregateCall;
import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Indentation;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.delta.CommonTable;
import dev.pgtrickle.engine.delta.DeltaContext;
import dev.pgtrickle.engine.delta.DeltaNode;
import dev.pgtrickle.engine.delta.GroupStates;
import dev.pgtrickle.engine.delta.HiddenColumns;
import dev.pgtrickle.engine.delta.KeptGroups;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The statements over the table that keeps the state of groups, see {@link KeptState}. */
final class KeptGroupStatements implements KeptGroups {
  private static final String PREFIX = "groups_";

  private final KeptState state;
  private final AggregationLayout layout;
  private final StorageRows rows;
  private final GroupApply groups;
  private final DifferenceApply difference;

  private KeptGroupStatements(KeptState state, AggregationLayout layout, QualifiedName table) {
    this.state = state;
    this.layout = layout;
    this.rows = new StorageRows(table, state.columns().stream().map(StorageColumn::name).toList());
    this.groups = new GroupApply(layout, rows, state.key(), PREFIX);
    this.difference = new DifferenceApply(rows, PREFIX);
  }

  /** Those of a plan that keeps a state. */
  static Optional<KeptGroupStatements> of(
      MaintenancePlan plan, Project root, QualifiedName storage, GroupStates states) {
    return plan.kept()
        .map(kept ->
            new KeptGroupStatements(
                kept,
                AggregationLayout.kept(KeptState.groupsOf(root).orElseThrow(), states),
                KeptState.tableOf(storage)));
  }

  QualifiedName table() {
    return rows.storage();
  }

  List<String> create() {
    return new StorageDdl(state.columns(), state.key(), table()).statements();
  }

  /** Fills the empty table, as a part of a statement. */
  CommonTable filled() {
    return CommonTable.inline(
        PREFIX + "inserted",
        "the state of all groups",
        rows.insert("(\n" + Indentation.indent(groups.fresh("")) + "\n) AS change", ""));
  }

  String analyse() {
    return rows.analyse();
  }

  /** The statements that find where what is kept differs from what the rows say now. */
  List<StagingStatement> staging() {
    return difference.staging(
        groups.fresh("true AS " + DifferenceApply.PRESENT.quoted() + ", "), state.key());
  }

  /** The common tables that put it right. */
  List<CommonTable> parts() {
    return difference.parts();
  }

  @Override
  public DeltaNode.SignedRows follow(DeltaNode.GroupChanges changes, DeltaContext context) {
    WithClause with = new WithClause();
    groups.addTo(with, changes.table());
    context.addAll(with.tables());
    Identifier signed =
        context.define(
            "groups",
            "what the changed groups put out now, and what they did",
            now() + "\nUNION ALL\n" + before());
    return new DeltaNode.SignedRows(signed, layout.aggregate().columns());
  }

  private String now() {
    List<String> keys =
        layout.aggregate().keys().stream().map(key -> "states." + key.name().quoted()).toList();
    return signed("1", keys)
        + groups.matchedName()
        + " AS states"
        + (state.key() instanceof StorageKey.SingleRow
            ? ""
            : "\nWHERE states." + HiddenColumns.COUNT.quoted() + " > 0");
  }

  /** The stored states, as they are before this statement. */
  private String before() {
    Aggregate aggregate = layout.aggregate();
    List<String> keys = new ArrayList<>();
    for (int index = 0; index < aggregate.keys().size(); index++) {
      Column key = aggregate.keys().get(index);
      keys.add("states." + layout.keyColumns().get(index).quoted() + " AS " + key.name().quoted());
    }
    return signed("-1", keys)
        + """
        (
          SELECT stored.*
          FROM %s AS matched
          JOIN %s AS stored ON stored.ctid = matched.%s
        ) AS states\
        """
            .formatted(groups.matchedName(), table().quoted(), StorageRows.ROW.quoted());
  }

  private String signed(String weight, List<String> keys) {
    List<String> items = new ArrayList<>();
    items.add(weight + " AS " + HiddenColumns.WEIGHT.quoted());
    items.addAll(keys);
    for (AggregateCall call : layout.aggregate().calls()) {
      items.add(layout.state().result(call) + " AS " + call.column().name().quoted());
    }
    return "SELECT " + String.join(",\n  ", items) + "\nFROM ";
  }
}
