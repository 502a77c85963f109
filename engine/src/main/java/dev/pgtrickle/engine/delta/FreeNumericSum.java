package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;

/**
 * The state of a sum over numeric without precision and scale. PostgreSQL shows it with as many
 * decimals as the value with the most of them has, so it must be known when the last such value
 * leaves: how many values there are of each scale is kept as one number, {@value #DIGITS} digits
 * for each scale, to which changes can be added like to any other. NaN and the infinities, which
 * could never be taken away from a sum, are counted.
 *
 * <pre>
 *   values 1.5, 2.25, 7.25:  __sum 11.00   __scales 2 | 0000000000000001 | 0000000000000000
 * </pre>
 */
final class FreeNumericSum {
  private static final int DIGITS = 16;

  private final int number;
  private final String value;
  private final String weight;

  /**
   * @param number of the argument among those of the aggregate
   * @param value the argument
   * @param weight of a changed row
   */
  FreeNumericSum(int number, String value, String weight) {
    this.number = number;
    this.value = value;
    this.weight = weight;
  }

  List<StateColumn> columns() {
    // scale() is NULL for what is not finite, and for NULL.
    String finite = " FILTER (WHERE scale(%s) IS NOT NULL), 0)".formatted(value);
    String place = "('1e' || (%d * scale(%s)))::numeric".formatted(DIGITS, value);
    return List.of(
        new StateColumn.Sum(
            HiddenColumns.sum(number),
            "numeric",
            "coalesce(sum(" + value + ")" + finite,
            "coalesce(sum(" + weight + " * " + value + ")" + finite),
        new StateColumn.Sum(
            HiddenColumns.scales(number),
            "numeric",
            "coalesce(sum(" + place + "), 0)",
            "coalesce(sum(" + weight + " * " + place + "), 0)"),
        counted(HiddenColumns.notNumbers(number), "NaN"),
        counted(HiddenColumns.positiveInfinities(number), "Infinity"),
        counted(HiddenColumns.negativeInfinities(number), "-Infinity"));
  }

  private StateColumn counted(Identifier name, String special) {
    String filter = " FILTER (WHERE %s = '%s')".formatted(value, special);
    return new StateColumn.Sum(
        name, "bigint", "count(*)" + filter, "coalesce(sum(" + weight + ")" + filter + ", 0)");
  }

  /** The sum, where there is a value. */
  String result() {
    return """
    CASE
      WHEN %1$s > 0 OR (%2$s > 0 AND %3$s > 0) THEN 'NaN'::numeric
      WHEN %2$s > 0 THEN 'Infinity'::numeric
      WHEN %3$s > 0 THEN '-Infinity'::numeric
      ELSE round(%4$s, (length(%5$s::text) - 1) / %6$d)
    END\
    """
        .formatted(
            HiddenColumns.notNumbers(number).quoted(),
            HiddenColumns.positiveInfinities(number).quoted(),
            HiddenColumns.negativeInfinities(number).quoted(),
            HiddenColumns.sum(number).quoted(),
            HiddenColumns.scales(number).quoted(),
            DIGITS);
  }
}
