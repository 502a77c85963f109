package dev.pgtrickle.engine.algebra;

import dev.pgtrickle.engine.relations.RelationFacts;
import java.util.List;

/**
 * Reads another stream table. Its changes come from its own log and not from capture (P11).
 *
 * @param view the view under the user's name
 */
public record StreamTableScan(RelationFacts view, List<Scan.ScannedColumn> scanned)
    implements Operator {

  @Override
  public List<Column> columns() {
    return scanned.stream().map(Scan.ScannedColumn::column).toList();
  }

  @Override
  public List<Operator> inputs() {
    return List.of();
  }

  @Override
  public Operator withInputs(List<Operator> inputs) {
    return this;
  }

  @Override
  public String title() {
    return "scan of stream table " + view.name();
  }
}
