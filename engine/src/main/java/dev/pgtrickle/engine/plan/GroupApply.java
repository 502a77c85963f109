package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.AggregateCall;
import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Grouping;
import dev.pgtrickle.engine.algebra.Indentation;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Unparser;
import dev.pgtrickle.engine.delta.CommonTable;
import dev.pgtrickle.engine.delta.HiddenColumns;
import dev.pgtrickle.engine.delta.StateColumn;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Adds changes to the stored state of groups and shows what follows from it. Each changed group is
 * looked up once.
 */
final class GroupApply {
  private final AggregationLayout layout;
  private final StorageRows rows;
  private final StorageKey key;
  private final LostValues lostValues;
  private final Past past;
  private final String prefix;

  /** Whether the matched groups have their old states beside the new ones. */
  enum Past {
    FORGOTTEN,
    REMEMBERED
  }

  /** For the storage of the groups. */
  GroupApply(AggregationLayout layout, StorageRows rows, StorageKey key, LostValues lostValues) {
    this(layout, rows, key, lostValues, Past.FORGOTTEN, "");
  }

  /**
   * @param prefix of the names of common tables
   */
  GroupApply(
      AggregationLayout layout,
      StorageRows rows,
      StorageKey key,
      LostValues lostValues,
      Past past,
      String prefix) {
    this.layout = layout;
    this.rows = rows;
    this.key = key;
    this.lostValues = lostValues;
    this.past = past;
    this.prefix = prefix;
  }

  /** The common table of the new states, and where the old ones are. */
  String matchedName() {
    return prefix + "matched";
  }

  /**
   * Adds the parts that apply the changes.
   *
   * @param changes the table of key and state changes, keys under the names of the aggregate
   */
  void addTo(WithClause with, Identifier changes, RowSearch search) {
    with.add(
        CommonTable.materialized(
            matchedName(),
            "the new state of each group and where the old one is stored",
            matched(changes, search)));
    if (!extremes().isEmpty()) {
      new ExtremesApply(layout, extremes(), lostValues).addTo(with);
    }
    with.add(
            CommonTable.inline(
                prefix + "shown", "the groups that are there, as they are stored", shown()))
        .add(
            CommonTable.inline(
                prefix + "deleted",
                "groups whose last row is gone",
                key instanceof StorageKey.SingleRow
                    ? rows.nothing()
                    : rows.delete(
                        matchedName(), " AND change." + HiddenColumns.COUNT.quoted() + " = 0")))
        .add(
            CommonTable.inline(
                prefix + "updated",
                "groups that changed",
                rows.update(prefix + "shown", changingColumns(), "")))
        .add(
            CommonTable.inline(
                prefix + "inserted",
                "new groups",
                rows.insert(
                    prefix + "shown AS change",
                    "\nWHERE change." + StorageRows.ROW.quoted() + " IS NULL")));
  }

  /**
   * All storage columns of all groups, computed from the rows.
   *
   * @param extra as for {@link #visible}
   */
  String fresh(String extra) {
    Aggregate aggregate = layout.aggregate();
    List<String> items = new ArrayList<>();
    aggregate.keys().forEach(column -> items.add(Unparser.inputColumn(column.name())));
    for (StateColumn state : layout.state().columns()) {
      items.add(state.fromRows() + " AS " + state.name().quoted());
    }
    String keys =
        aggregate.keys().stream()
            .map(Column::name)
            .map(Unparser::inputColumn)
            .collect(Collectors.joining(", "));
    String states =
        new Unparser()
            .select(
                items,
                aggregate.input(),
                aggregate.grouping() == Grouping.BY_KEYS ? "\nGROUP BY " + keys : "");
    return visible("(\n" + Indentation.indent(states) + "\n)", extra, "");
  }

  /**
   * All storage columns of the groups of a state.
   *
   * @param states a FROM item with the keys under the names of the aggregate, and the state
   * @param extra further items of the SELECT list, each ending in a comma
   */
  String visible(String states, String extra, String condition) {
    List<String> results = new ArrayList<>();
    for (AggregateCall call : layout.aggregate().calls()) {
      results.add(layout.state().result(call) + " AS " + call.column().name().quoted());
    }
    String inner =
        "SELECT states.*"
            + (results.isEmpty() ? "" : ",\n  " + String.join(",\n  ", results))
            + "\nFROM "
            + states
            + " AS states"
            + condition;
    return "SELECT "
        + extra
        + String.join(", ", storageItems())
        + "\nFROM (\n"
        + Indentation.indent(inner)
        + "\n) AS input";
  }

  private List<String> storageItems() {
    Aggregate aggregate = layout.aggregate();
    Function<ColumnId, String> naming =
        id ->
            aggregate.columns().stream()
                .filter(column -> column.id().equals(id))
                .map(column -> Unparser.inputColumn(column.name()))
                .findFirst()
                .orElseThrow();
    List<String> items = new ArrayList<>();
    for (Project.ComputedColumn computed : layout.root().computed()) {
      items.add(computed.scalar().render(naming) + " AS " + computed.column().name().quoted());
    }
    for (int index : layout.hiddenKeys()) {
      Column hidden = aggregate.keys().get(index);
      items.add(
          Unparser.inputColumn(hidden.name()) + " AS " + layout.keyColumns().get(index).quoted());
    }
    if (key instanceof StorageKey.NullableKey nullable) {
      items.add(KeyHash.of("input", aggregate.keys()) + " AS " + nullable.hashColumn().quoted());
    }
    for (StateColumn state : layout.state().columns()) {
      items.add(Unparser.inputColumn(state.name()));
    }
    return items;
  }

  private String matched(Identifier changes, RowSearch search) {
    List<String> items = new ArrayList<>();
    items.add("stored.ctid AS " + StorageRows.ROW.quoted());
    List<Identifier> keyNames = layout.aggregate().keys().stream().map(Column::name).toList();
    keyNames.forEach(name -> items.add("change." + name.quoted()));
    for (StateColumn state : layout.state().columns()) {
      items.add(added(state, keyNames));
      if (past == Past.REMEMBERED) {
        items.add("stored." + state.name().quoted() + " AS " + old(state).quoted());
      }
    }
    return "SELECT "
        + (extremes().isEmpty() ? "" : lostValues.matchedItems())
        + String.join(",\n  ", items)
        + "\nFROM "
        + changes.quoted()
        + " AS change\n"
        + (key instanceof StorageKey.SingleRow ? RowSearch.AS_PLANNED : search)
            .join(rows.storage(), match());
  }

  /** The name of a state as it was, where it is remembered. */
  static Identifier old(StateColumn state) {
    return Identifier.of("__old" + state.name().name().substring(1));
  }

  /** What a change makes of a stored value. */
  private static String added(StateColumn state, List<Identifier> keyNames) {
    String name = state.name().quoted();
    return switch (state) {
      case StateColumn.Sum _ -> {
        String sum = "coalesce(stored.%1$s, 0) + change.%1$s".formatted(name);
        yield state.name().equals(HiddenColumns.COUNT)
            ? "CASE WHEN %s >= 0 THEN (%s)::bigint\n    ELSE %s END AS %s"
                .formatted(sum, sum, refusal(keyNames), name)
            : "(%s)::%s AS %s".formatted(sum, state.type(), name);
      }
      case StateColumn.Bits _ ->
          "(coalesce(stored.%1$s, 0) # change.%1$s)::%2$s AS %1$s".formatted(name, state.type());
      case StateColumn.Extremum extremum -> ExtremesApply.added(extremum);
    };
  }

  private List<StateColumn.Extremum> extremes() {
    return layout.state().columns().stream()
        .filter(StateColumn.Extremum.class::isInstance)
        .map(StateColumn.Extremum.class::cast)
        .toList();
  }

  private static String refusal(List<Identifier> keyNames) {
    return keyNames.isEmpty()
        ? "pgtrickle.refuse_multiplicity('the only row')"
        : StorageRows.refusal("change", keyNames);
  }

  /** The changes have the keys under other names than the storage. */
  private String match() {
    List<String> conditions = new ArrayList<>();
    boolean hashed = key instanceof StorageKey.NullableKey;
    if (key instanceof StorageKey.NullableKey nullable) {
      conditions.add(
          "stored."
              + nullable.hashColumn().quoted()
              + " = "
              + KeyHash.of("change", layout.aggregate().keys()));
    }
    for (int index = 0; index < layout.keyColumns().size(); index++) {
      conditions.add(
          "stored."
              + layout.keyColumns().get(index).quoted()
              + (hashed ? " IS NOT DISTINCT FROM " : " = ")
              + "change."
              + layout.aggregate().keys().get(index).name().quoted());
    }
    return conditions.isEmpty() ? "true" : String.join(" AND ", conditions);
  }

  private String shown() {
    String condition =
        key instanceof StorageKey.SingleRow
            ? ""
            : "\nWHERE states." + HiddenColumns.COUNT.quoted() + " > 0";
    String states = extremes().isEmpty() ? matchedName() : ExtremesApply.SETTLED;
    return visible(states, Unparser.inputColumn(StorageRows.ROW) + ", ", condition);
  }

  private List<Identifier> changingColumns() {
    return rows.columns().stream()
        .filter(column -> !layout.keyColumns().contains(column))
        .filter(column -> !column.equals(KeyHash.COLUMN))
        .toList();
  }
}
