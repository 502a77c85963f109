package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Indentation;
import dev.pgtrickle.engine.delta.CommonTable;
import dev.pgtrickle.engine.delta.HiddenColumns;
import dev.pgtrickle.engine.delta.StateColumn;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.ArrayList;
import java.util.List;

/**
 * What least and greatest values need between the matched and the shown groups. All rows of a group
 * that stay are no better than the kept value, so one that arrives and is as good takes its place;
 * when the kept one leaves and none such arrives, the next one is looked for.
 */
final class ExtremesApply {
  /** The common table of the groups after that. */
  static final String SETTLED = "settled";

  private final AggregationLayout layout;
  private final List<StateColumn.Extremum> extremes;
  private final LostValues values;

  ExtremesApply(AggregationLayout layout, List<StateColumn.Extremum> extremes, LostValues values) {
    this.layout = layout;
    this.extremes = extremes;
    this.values = values;
  }

  /** The items of the matched groups: the value, as far as it is known, and whether it is lost. */
  static String added(StateColumn.Extremum extremum) {
    return """
    CASE WHEN stored.%3$s IS NULL OR change.%1$s %2$s stored.%3$s OR change.%4$s %2$s stored.%3$s
        THEN change.%1$s ELSE stored.%3$s END AS %3$s,
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
    values.addTo(with, extremes);
    // Materialized: the value is asked for as state and as what is shown.
    with.add(CommonTable.materialized(SETTLED, "the new state of each group", settled()));
  }

  private String settled() {
    List<String> items = new ArrayList<>();
    items.add("matched." + StorageRows.ROW.quoted());
    layout.aggregate().keys().forEach(key -> items.add("matched." + key.name().quoted()));
    for (StateColumn state : layout.state().columns()) {
      Identifier name = state.name();
      items.add(
          state instanceof StateColumn.Extremum extremum
              ? "CASE WHEN matched.%1$s AND matched.%4$s > 0 THEN %3$s\n  ELSE matched.%2$s END AS %2$s"
                  .formatted(
                      extremum.lost().quoted(),
                      name.quoted(),
                      values.found(extremum),
                      HiddenColumns.COUNT.quoted())
              : "matched." + name.quoted());
    }
    return "SELECT\n"
        + Indentation.indent(String.join(",\n", items))
        + "\nFROM matched"
        + values.join();
  }
}
