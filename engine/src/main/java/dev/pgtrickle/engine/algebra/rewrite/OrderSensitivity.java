package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SetCall;
import dev.pgtrickle.engine.algebra.Window;
import java.util.List;
import java.util.Set;

/** Knows which functions look at the order of rows. What has a name of its own is PostgreSQL's. */
final class OrderSensitivity {
  private static final Set<String> AGGREGATES =
      Set.of(
          "\"array_agg\"",
          "\"string_agg\"",
          "\"json_agg\"",
          "\"jsonb_agg\"",
          "\"json_object_agg\"",
          "\"jsonb_object_agg\"",
          "\"xmlagg\"",
          "\"any_value\"",
          "\"corr\"",
          "\"covar_pop\"",
          "\"covar_samp\"",
          "\"regr_avgx\"",
          "\"regr_avgy\"",
          "\"regr_intercept\"",
          "\"regr_r2\"",
          "\"regr_slope\"",
          "\"regr_sxx\"",
          "\"regr_sxy\"",
          "\"regr_syy\"");

  /** These round differently in another order when they add floating-point numbers. */
  private static final Set<String> SUMS =
      Set.of(
          "\"sum\"",
          "\"avg\"",
          "\"stddev\"",
          "\"stddev_pop\"",
          "\"stddev_samp\"",
          "\"variance\"",
          "\"var_pop\"",
          "\"var_samp\"");

  private static final Set<String> FLOATS = Set.of("double precision", "real");
  private static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "/", "%");

  /** Window functions that look at the place of a row and not at its frame. */
  private static final Set<String> PLACES =
      Set.of("\"row_number\"", "\"ntile\"", "\"lag\"", "\"lead\"");

  /**
   * Whether the order in which an aggregate sees its rows can be seen in its result.
   *
   * @param columns what the arguments may refer to
   */
  boolean dependsOnOrder(SetCall call, List<Column> columns) {
    return AGGREGATES.contains(call.function())
        || (SUMS.contains(call.function())
            && call.arguments().operands().stream().anyMatch(scalar -> mayFloat(scalar, columns)));
  }

  private static boolean mayFloat(Scalar scalar, List<Column> columns) {
    Scalar bare = scalar.bare();
    return switch (bare.form()) {
      case CONSTANT -> false;
      case CAST -> FLOATS.contains(bare.operator());
      case COLUMN ->
          columns.stream()
              .filter(column -> bare.asColumn().filter(column.id()::equals).isPresent())
              .allMatch(column ->
                  column.type().isUndetermined() || FLOATS.contains(column.type().text()));
      case INFIX ->
          !ARITHMETIC.contains(bare.operator())
              || bare.operands().stream().anyMatch(operand -> mayFloat(operand, columns));
      default -> true;
    };
  }

  /** Whether more sort keys only break ties and do not move the frame. */
  boolean refinable(Window.Call call) {
    String frame = call.frame().map(text -> text.pieces().toString()).orElse("");
    boolean byRows = frame.contains("sql=ROWS");
    boolean byOffset = frame.contains("sql=RANGE") || frame.contains("sql=GROUPS");
    boolean fromStart = frame.isEmpty() && call.call().function().equals("\"first_value\"");
    return byRows || fromStart || (PLACES.contains(call.call().function()) && !byOffset);
  }
}
