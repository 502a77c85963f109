package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.delta.CommonTable;
import dev.pgtrickle.engine.delta.HiddenColumns;
import dev.pgtrickle.engine.delta.LostExtremes;
import dev.pgtrickle.engine.delta.StateColumn;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** In the rows of the group, which are there with all changes. */
record ValuesReadAgain(Aggregate aggregate) implements LostValues {
  /** The common table of the groups whose least or greatest value has left. */
  static final Identifier LOST = Identifier.of("lost");

  private static final String READ_AGAIN = "read_again";

  @Override
  public String matchedItems() {
    return "row_number() OVER () AS " + LostExtremes.GROUP.quoted() + ",\n  ";
  }

  @Override
  public void addTo(WithClause with, List<StateColumn.Extremum> extremes) {
    with.add(
            CommonTable.materialized(
                LOST.name(), "groups whose least or greatest value has left", lost(extremes)))
        .add(
            CommonTable.materialized(
                READ_AGAIN, "what it is now", new LostExtremes(aggregate, extremes).reading(LOST)));
  }

  private String lost(List<StateColumn.Extremum> extremes) {
    List<String> items = new ArrayList<>();
    items.add("matched." + LostExtremes.GROUP.quoted());
    List<Column> keys = aggregate.keys();
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

  @Override
  public String found(StateColumn.Extremum extremum) {
    return READ_AGAIN + "." + extremum.name().quoted();
  }

  @Override
  public String join() {
    return "\nLEFT JOIN %1$s ON %1$s.%2$s = matched.%2$s"
        .formatted(READ_AGAIN, LostExtremes.GROUP.quoted());
  }
}
