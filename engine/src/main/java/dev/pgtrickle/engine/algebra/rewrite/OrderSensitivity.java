package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Duplicates;
import dev.pgtrickle.engine.algebra.Fidelity;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SetCall;
import dev.pgtrickle.engine.algebra.property.ColumnFidelity;
import dev.pgtrickle.engine.relations.ColumnType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Knows which aggregates look at the order or at the images of rows. A name without a schema is
 * PostgreSQL's own; of a user's aggregate nothing is known, so it may look at everything.
 */
final class OrderSensitivity {
  private static final Set<String> AGGREGATES =
      Set.of(
          "\"array_agg\"",
          "\"string_agg\"",
          "\"json_agg\"",
          "\"json_agg_strict\"",
          "\"jsonb_agg\"",
          "\"jsonb_agg_strict\"",
          "\"json_object_agg\"",
          "\"json_object_agg_strict\"",
          "\"json_object_agg_unique\"",
          "\"json_object_agg_unique_strict\"",
          "\"jsonb_object_agg\"",
          "\"jsonb_object_agg_strict\"",
          "\"jsonb_object_agg_unique\"",
          "\"jsonb_object_agg_unique_strict\"",
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

  private static final Set<String> EXTREMES = Set.of("\"min\"", "\"max\"");

  /** Of equal values they keep one, or give one back. */
  private static final Set<String> VALUES_OF_A_SORT = Set.of("\"percentile_disc\"", "\"mode\"");

  private static final Set<String> FLOATS = Set.of("double precision", "real");
  private static final Set<String> ONE_IMAGE =
      Set.of("text", "integer", "bigint", "smallint", "boolean", "\"date\"", "date", "\"uuid\"");
  private static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "/", "%");

  private OrderSensitivity() {}

  static boolean isUsers(SetCall call) {
    return call.function().contains(".");
  }

  /**
   * Whether the order in which an aggregate sees its rows can be seen in its result.
   *
   * @param result what it gives back
   * @param columns what the arguments may refer to
   */
  static boolean dependsOnOrder(SetCall call, Column result, List<Column> columns) {
    return AGGREGATES.contains(call.function())
        || isUsers(call)
        || (SUMS.contains(call.function()) && addsFloats(call, result, columns));
  }

  /** A sum of floating-point numbers is one itself, and no other sum is. */
  private static boolean addsFloats(SetCall call, Column result, List<Column> columns) {
    return result.type().isUndetermined()
        ? call.arguments().operands().stream().anyMatch(scalar -> mayFloat(scalar, columns))
        : FLOATS.contains(result.type().text());
  }

  /** Whether it gives back the smallest or greatest value, of which there may be several images. */
  static boolean isAmbiguousExtreme(SetCall call, Column result, List<Column> columns) {
    return EXTREMES.contains(call.function())
        && Representatives.ambiguous(result)
        && call.arguments().operands().stream().anyMatch(scalar -> mayDiffer(scalar, columns));
  }

  /** Whether of equal values one is taken, and it can be seen which. */
  static boolean takesOneOfEqual(SetCall call, List<Column> columns) {
    boolean distinct =
        call.duplicates() == Duplicates.REMOVED
            && !call.function().equals("\"count\"")
            && call.arguments().operands().stream().anyMatch(scalar -> mayDiffer(scalar, columns));
    boolean sorted =
        (VALUES_OF_A_SORT.contains(call.function()) || isUsers(call))
            && call.group().stream().anyMatch(key -> mayDiffer(key.scalar(), columns));
    return distinct || sorted;
  }

  /** Whether equal values of an expression may look different. */
  static boolean mayDiffer(Scalar scalar, List<Column> columns) {
    Scalar bare = scalar.bare();
    return switch (bare.form()) {
      case CONSTANT -> false;
      case COLUMN -> {
        Optional<ColumnType> type = ImageText.typeOf(bare, columns);
        yield type.isEmpty() || ColumnFidelity.of(type.get()) == Fidelity.IMAGE;
      }
      case CAST ->
          !ONE_IMAGE.contains(bare.operator())
              && bare.operands().stream().anyMatch(operand -> !operand.references().isEmpty());
      default -> true;
    };
  }

  /** Whether it may be a floating-point number. */
  static boolean mayFloat(Scalar scalar, List<Column> columns) {
    Scalar bare = scalar.bare();
    return switch (bare.form()) {
      case CONSTANT -> false;
      case CAST -> FLOATS.contains(bare.operator());
      case COLUMN ->
          ImageText.typeOf(bare, columns).map(type -> FLOATS.contains(type.text())).orElse(true);
      case INFIX ->
          !ARITHMETIC.contains(bare.operator())
              || bare.operands().stream().anyMatch(operand -> mayFloat(operand, columns));
      default -> true;
    };
  }
}
