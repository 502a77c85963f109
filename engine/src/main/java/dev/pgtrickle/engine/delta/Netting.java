package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Fidelity;
import dev.pgtrickle.engine.algebra.Indentation;
import dev.pgtrickle.engine.algebra.Unparser;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds up the weights of rows that look the same (protocol P9): never by {@code =} where equal
 * values can look different. What cancels is gone.
 *
 * <pre>
 *   before: __weight | price (numeric)     after: __weight | price
 *                 -1 |   1.0                            -1 |   1.0
 *                 +1 |   1.00                           +1 |   1.00
 *                 +1 |   7
 *                 -1 |   7
 * </pre>
 */
public class Netting {

  /**
   * A SELECT of {@code __weight} and the columns.
   *
   * @param source a FROM item's text
   */
  public String net(String source, List<Column> columns) {
    if (columns.isEmpty()) {
      return counted(source);
    }
    List<String> images = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (Column column : columns) {
      String value = Unparser.inputColumn(column.name());
      values.add(value);
      images.add(image(column, value));
    }
    return images.equals(values) ? grouped(source, values) : numbered(source, columns, images);
  }

  /** What tells two values of the column apart. */
  protected String image(Column column, String value) {
    return Fidelity.image(column.type(), value);
  }

  /** Rows without columns are all the same. */
  private static String counted(String source) {
    String weight = "sum(" + SignedInput.weight() + ")";
    return "SELECT "
        + weight
        + " AS "
        + HiddenColumns.WEIGHT.quoted()
        + "\nFROM "
        + source
        + " AS input\nHAVING "
        + weight
        + " <> 0";
  }

  private static String grouped(String source, List<String> values) {
    String weight = "sum(" + SignedInput.weight() + ")";
    String list = String.join(", ", values);
    return "SELECT "
        + weight
        + " AS "
        + HiddenColumns.WEIGHT.quoted()
        + ", "
        + list
        + "\nFROM "
        + source
        + " AS input\nGROUP BY "
        + list
        + "\nHAVING "
        + weight
        + " <> 0";
  }

  /** Keeps the first row of each image, since a value cannot be computed back from its image. */
  private static String numbered(String source, List<Column> columns, List<String> images) {
    String list =
        String.join(
            ", ", columns.stream().map(column -> Unparser.inputColumn(column.name())).toList());
    String weight = HiddenColumns.WEIGHT.quoted();
    String rows =
        """
        SELECT sum(input.%1$s) OVER image AS %1$s, row_number() OVER image AS "__nth", %2$s
        FROM %3$s AS input
        WINDOW image AS (PARTITION BY %4$s)\
        """
            .formatted(weight, list, source, String.join(", ", images));
    return """
    SELECT input.%1$s, %2$s
    FROM (
    %3$s
    ) AS input
    WHERE input."__nth" = 1 AND input.%1$s <> 0\
    """
        .formatted(weight, list, Indentation.indent(rows));
  }
}
