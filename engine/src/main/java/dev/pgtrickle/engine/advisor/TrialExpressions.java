package dev.pgtrickle.engine.advisor;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Expressions over the rows of a made-up world, with SQL's three truth values. */
final class TrialExpressions {
  private final TrialWorld world;

  TrialExpressions(TrialWorld world) {
    this.world = world;
  }

  static TrialWorld.Kind kind(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.BOOLEAN
        ? TrialWorld.Kind.TRUTH
        : TrialWorld.Kind.VALUE;
  }

  boolean holds(RexNode condition, List<Long> row) {
    return value(condition, row) == TrialWorld.TRUE;
  }

  long value(RexNode node, List<Long> row) {
    return switch (node) {
      case RexInputRef reference -> row.get(reference.getIndex());
      case RexLiteral literal -> literal(literal);
      case RexCall call -> call(call, call.getOperands().stream().map(o -> value(o, row)).toList());
      default -> throw new Unproven("an expression of another kind: " + node);
    };
  }

  private static long literal(RexLiteral literal) {
    if (literal.isNull()) {
      return TrialWorld.NULL;
    }
    if (literal.isAlwaysTrue()) {
      return TrialWorld.TRUE;
    }
    if (literal.isAlwaysFalse()) {
      return TrialWorld.FALSE;
    }
    throw new Unproven("a constant that we did not write: " + literal);
  }

  private long call(RexCall call, List<Long> operands) {
    if (call.getOperator() instanceof OpaqueFunction opaque) {
      return world.answer(opaque.getName(), operands, kind(call.getType()));
    }
    if (call.getKind() == SqlKind.CAST
        && !SqlTypeUtil.equalSansNullability(
            call.getType(), call.getOperands().getFirst().getType())) {
      throw new Unproven("a change of type: " + call);
    }
    long first = operands.getFirst();
    return switch (call.getKind()) {
      case AND -> all(operands, TrialWorld.FALSE, TrialWorld.TRUE);
      case OR -> all(operands, TrialWorld.TRUE, TrialWorld.FALSE);
      case NOT -> first == TrialWorld.NULL ? first : same(first, TrialWorld.FALSE);
      case EQUALS ->
          operands.contains(TrialWorld.NULL) ? TrialWorld.NULL : same(first, operands.get(1));
      case IS_NULL -> same(first, TrialWorld.NULL);
      case IS_NOT_NULL -> TrialWorld.TRUE - same(first, TrialWorld.NULL);
      case IS_TRUE -> same(first, TrialWorld.TRUE);
      case IS_NOT_TRUE -> TrialWorld.TRUE - same(first, TrialWorld.TRUE);
      case IS_FALSE -> same(first, TrialWorld.FALSE);
      case IS_NOT_FALSE -> TrialWorld.TRUE - same(first, TrialWorld.FALSE);
      case CAST -> first;
      default -> throw new Unproven("an operator that we did not write: " + call);
    };
  }

  /** One decisive value decides; without it NULL; else the neutral one. */
  private static long all(List<Long> operands, long decisive, long neutral) {
    if (operands.contains(decisive)) {
      return decisive;
    }
    return operands.contains(TrialWorld.NULL) ? TrialWorld.NULL : neutral;
  }

  private static long same(long one, long other) {
    return one == other ? TrialWorld.TRUE : TrialWorld.FALSE;
  }
}
