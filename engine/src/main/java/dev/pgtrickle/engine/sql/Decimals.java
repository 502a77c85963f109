package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SetCall;
import dev.pgtrickle.engine.relations.ColumnType;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * With how many decimals a numeric expression comes out, where that does not depend on the values:
 * PostgreSQL adds with as many as the operand that has more, and multiplies with as many as both
 * have together. A price of two decimals less a discount of two has four in every row:
 *
 * <pre>
 *   numeric(12,2) * ((1)::numeric - numeric(12,2))    2 + greatest(0, 2) = 4
 * </pre>
 *
 * <p>Values that are not finite can only be NaN: no type with decimals holds an infinity, and these
 * operators make none.
 */
final class Decimals {
  /** SMALLINT, INTEGER and BIGINT become numeric without decimals. */
  private static final Set<Long> INTEGERS = Set.of(20L, 21L, 23L);

  private static final int HEADER = 4;
  private static final int SCALE_BITS = 0x7ff;
  private static final int PRECISION_SHIFT = 16;

  /** PostgreSQL's most; more decimals than this have no type. */
  private static final int MOST = 1_000;

  private static final Pattern DECLARED = Pattern.compile("numeric\\((\\d+)(?:,(\\d+))?\\)");
  private static final Pattern NUMBER = Pattern.compile("'?-?\\d+(?:\\.(\\d+))?'?");

  private final Map<ColumnId, ColumnType> types = new HashMap<>();

  Decimals(Collection<Column> columns) {
    columns.forEach(column -> types.put(column.id(), column.type()));
  }

  /**
   * The type of what an aggregate is called with, with its decimals where it has always the same
   * number of them. What a FILTER leaves out is NULL, and so has none.
   */
  ColumnType ofArgument(SetCall call, ColumnType type) {
    if (type.facts().oid() != SumTypes.NUMERIC || type.modifier() >= 0) {
      return type;
    }
    return call.arguments().operands().stream()
        .findFirst()
        .flatMap(this::of)
        .filter(decimals -> decimals <= MOST)
        .map(decimals ->
            new ColumnType(
                ((MOST << PRECISION_SHIFT) | decimals) + HEADER,
                type.text(),
                type.collation(),
                type.facts()))
        .orElse(type);
  }

  private Optional<Integer> of(Scalar scalar) {
    Scalar bare = scalar.bare();
    return switch (bare.form()) {
      case COLUMN -> bare.asColumn().map(types::get).flatMap(Decimals::ofColumn);
      case PREFIX ->
          bare.operator().equals("-") ? of(bare.operands().getFirst()) : Optional.empty();
      case INFIX -> infix(bare);
      case CAST -> cast(bare);
      // Without a point it would be an integer, and in quotes anything.
      case CONSTANT ->
          bare.render(ColumnId::toString).startsWith("'")
              ? Optional.empty()
              : ofNumber(bare).filter(decimals -> decimals > 0);
      default -> Optional.empty();
    };
  }

  private static Optional<Integer> ofColumn(ColumnType type) {
    if (type.facts().oid() != SumTypes.NUMERIC || type.modifier() < 0) {
      return Optional.empty();
    }
    int scale = (type.modifier() - HEADER) & SCALE_BITS;
    return scale <= MOST ? Optional.of(scale) : Optional.empty();
  }

  private Optional<Integer> infix(Scalar infix) {
    List<Scalar> operands = infix.operands();
    Optional<Integer> left = of(operands.getFirst());
    Optional<Integer> right = of(operands.getLast());
    if (operands.size() != 2 || left.isEmpty() || right.isEmpty()) {
      return Optional.empty();
    }
    return switch (infix.operator()) {
      case "+", "-" -> Optional.of(Math.max(left.get(), right.get()));
      case "*" -> Optional.of(left.get() + right.get());
      default -> Optional.empty();
    };
  }

  private Optional<Integer> cast(Scalar cast) {
    Matcher declared = DECLARED.matcher(cast.operator());
    if (declared.matches()) {
      return Optional.of(declared.group(2) == null ? 0 : Integer.parseInt(declared.group(2)));
    }
    if (!cast.operator().equals("numeric")) {
      return Optional.empty();
    }
    Scalar operand = cast.operands().getFirst().bare();
    if (operand.form() == Form.CONSTANT) {
      return ofNumber(operand);
    }
    boolean whole =
        operand
            .asColumn()
            .map(types::get)
            .filter(type -> INTEGERS.contains(type.facts().baseOid()))
            .isPresent();
    return whole ? Optional.of(0) : of(operand);
  }

  private static Optional<Integer> ofNumber(Scalar constant) {
    Matcher number = NUMBER.matcher(constant.render(ColumnId::toString));
    return number.matches()
        ? Optional.of(number.group(1) == null ? 0 : number.group(1).length())
        : Optional.empty();
  }
}
