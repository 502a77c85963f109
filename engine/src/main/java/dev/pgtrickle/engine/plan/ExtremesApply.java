package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Indentation;
import dev.pgtrickle.engine.delta.CommonTable;
import dev.pgtrickle.engine.delta.HiddenColumns;
import dev.pgtrickle.engine.delta.LostExtremes;
import dev.pgtrickle.engine.delta.StateColumn;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What least and greatest values need between the matched and the shown groups. All rows of a group
 * that stay are no better than the kept value, so one that arrives and is as good takes its place;
 * when the kept one leaves and none such arrives, the group is read.
 */
final class ExtremesApply {
  /** The common table of the groups after that. */
  static final String SETTLED = "settled";

  private final AggregationLayout layout;
  private final List<StateColumn.Extremum> extremes;

  ExtremesApply(AggregationLayout layout, List<StateColumn.Extremum> extremes) {
    this.layout = layout;
    this.extremes = extremes;
  }

  /** The items of the matched groups: the value, and whether it is lost. */
  static String added(StateColumn.Extremum extremum) {
    return """
    CASE WHEN change.%1$s %2$s stored.%3$s OR stored.%3$s IS NULL THEN change.%1$s
        ELSE stored.%3$s END AS %3$s,
      coalesce(change.%4$s %2$s stored.%3$s, false)
        AND NOT coalesce(change.%1$s %2$s stored.%3$s, false) AS %5$s\
    """
        .formatted(
            extremum.arrived().quoted(),
            extremum.direction().asGoodAs(),
            extremum.name().quoted(),
            extremum.gone().quoted(),
            extremum.lost().quoted());
  }

  void addTo(WithClause with) {
    with.add(
            CommonTable.materialized(
                GroupApply.LOST.name(), "groups whose least or greatest value has left", lost()))
        .add(
            CommonTable.inline(
                "read_again",
                "what it is now",
                new LostExtremes(layout.aggregate(), extremes).reading(GroupApply.LOST)))
        .add(CommonTable.inline(SETTLED, "the new state of each group", settled()));
  }

  private String lost() {
    List<String> items = new ArrayList<>();
    items.add("matched." + LostExtremes.GROUP.quoted());
    List<Column> keys = layout.aggregate().keys();
    for (int index = 0; index < keys.size(); index++) {
      items.add("matched." + keys.get(index).name().quoted() + " AS " + LostExtremes.key(index));
    }
    extremes.forEach(extremum -> items.add("matched." + extremum.lost().quoted()));
    String any =
        extremes.stream()
            .map(extremum -> "matched." + extremum.lost().quoted())
            .collect(Collectors.joining(" OR "));
    return "SELECT %s\nFROM matched\nWHERE matched.%s > 0 AND (%s)"
        .formatted(String.join(", ", items), HiddenColumns.COUNT.quoted(), any);
  }

  private String settled() {
    List<String> items = new ArrayList<>();
    items.add("matched." + StorageRows.ROW.quoted());
    layout.aggregate().keys().forEach(key -> items.add("matched." + key.name().quoted()));
    for (StateColumn state : layout.state().columns()) {
      Identifier name = state.name();
      items.add(
          state instanceof StateColumn.Extremum extremum
              ? "CASE WHEN matched.%1$s THEN read_again.%2$s ELSE matched.%2$s END AS %2$s"
                  .formatted(extremum.lost().quoted(), name.quoted())
              : "matched." + name.quoted());
    }
    return "SELECT\n"
        + Indentation.indent(String.join(",\n", items))
        + "\nFROM matched\nLEFT JOIN read_again ON read_again.%1$s = matched.%1$s"
            .formatted(LostExtremes.GROUP.quoted());
  }
}
