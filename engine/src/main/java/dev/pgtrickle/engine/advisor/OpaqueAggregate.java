package dev.pgtrickle.engine.advisor;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.util.Optionality;

/**
 * An aggregate that Calcite must not look into, its DISTINCT, ORDER BY and FILTER in its name. It
 * is never computed from another one.
 */
final class OpaqueAggregate extends SqlAggFunction {

  OpaqueAggregate(String text, RelDataType type) {
    super(
        text,
        null,
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.explicit(type),
        null,
        OperandTypes.VARIADIC,
        SqlFunctionCategory.USER_DEFINED_FUNCTION,
        false,
        false,
        Optionality.FORBIDDEN);
  }
}
