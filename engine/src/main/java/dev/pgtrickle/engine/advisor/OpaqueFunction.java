package dev.pgtrickle.engine.advisor;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/**
 * An expression that Calcite must not look into: PostgreSQL's text with numbers for its columns.
 */
final class OpaqueFunction extends SqlFunction {

  OpaqueFunction(String text, RelDataType type) {
    super(
        text,
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.explicit(type),
        null,
        OperandTypes.VARIADIC,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
  }
}
