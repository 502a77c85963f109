package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.AggregateCall;
import dev.pgtrickle.engine.algebra.Indentation;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.delta.CommonTable;
import dev.pgtrickle.engine.delta.DeltaContext;
import dev.pgtrickle.engine.delta.DeltaNode;
import dev.pgtrickle.engine.delta.GroupStates;
import dev.pgtrickle.engine.delta.HiddenColumns;
import dev.pgtrickle.engine.delta.KeptGroups;
import dev.pgtrickle.engine.delta.StateColumn;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The statements over the table that keeps the state of groups, see {@link KeptState}. */
final class KeptGroupStatements {
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
    this.groups =
        new GroupApply(
            layout,
            rows,
            state.key(),
            new ValuesReadAgain(layout.aggregate()),
            GroupApply.Past.REMEMBERED,
            PREFIX);
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
    List<String> statements =
        new ArrayList<>(new StorageDdl(state.columns(), state.key(), table()).statements());
    state.order().flatMap(this::orderIndex).ifPresent(statements::add);
    return List.copyOf(statements);
  }

  /** Not where the index of the key has the values of each group in their order already. */
  private Optional<String> orderIndex(ValueOrder order) {
    return order.isThatOf(state.key())
        ? Optional.empty()
        : Optional.of(
            "CREATE INDEX %s ON %s (%s)"
                .formatted(
                    Identifier.of(table().name().name() + "_order").quoted(),
                    table().quoted(),
                    order.indexed(state.key())));
  }

  /** Where the groups over these find a value instead of one that left. */
  Optional<LostValues> values(Aggregate upper, NextValue nextValue) {
    return state
        .order()
        .map(order ->
            new ValuesKept(upper, table(), state.key(), order, groups.matchedName(), nextValue));
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

  /** For the rules, in statements that find stored rows in this way. */
  KeptGroups by(RowSearch search) {
    return (changes, context) -> follow(changes, context, search);
  }

  private DeltaNode.SignedRows follow(
      DeltaNode.GroupChanges changes, DeltaContext context, RowSearch search) {
    WithClause with = new WithClause();
    groups.addTo(with, changes.table(), search);
    context.addAll(with.tables());
    Identifier signed =
        context.define(
            "groups",
            "what the changed groups put out now, and what they did",
            now() + "\nUNION ALL\n" + before());
    return new DeltaNode.SignedRows(signed, layout.aggregate().columns());
  }

  private String now() {
    return signed("1")
        + groups.matchedName()
        + " AS states"
        + (state.key() instanceof StorageKey.SingleRow
            ? ""
            : "\nWHERE states." + HiddenColumns.COUNT.quoted() + " > 0");
  }

  /** The stored states, as they are before this statement. */
  private String before() {
    List<String> items = new ArrayList<>();
    layout.aggregate().keys().forEach(key -> items.add("matched." + key.name().quoted()));
    for (StateColumn column : layout.state().columns()) {
      items.add("matched." + GroupApply.old(column).quoted() + " AS " + column.name().quoted());
    }
    return signed("-1")
        + """
        (
          SELECT %s
          FROM %s AS matched
          WHERE matched.%s IS NOT NULL
        ) AS states\
        """
            .formatted(String.join(", ", items), groups.matchedName(), StorageRows.ROW.quoted());
  }

  private String signed(String weight) {
    List<String> items = new ArrayList<>();
    items.add(weight + " AS " + HiddenColumns.WEIGHT.quoted());
    layout.aggregate().keys().forEach(key -> items.add("states." + key.name().quoted()));
    for (AggregateCall call : layout.aggregate().calls()) {
      items.add(layout.state().result(call) + " AS " + call.column().name().quoted());
    }
    return "SELECT " + String.join(",\n  ", items) + "\nFROM ";
  }
}
