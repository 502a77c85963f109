package dev.pgtrickle.engine.sql;

import java.util.Optional;

/** The type of an expression's value, as its node in the analysed tree says. */
final class ExpressionType {
  private static final long BOOLEAN = 16;
  private static final long INTEGER = 23;

  private ExpressionType() {}

  /** The oid of the type; empty for a node that does not say it. */
  static Optional<Long> of(TreeNode expression) {
    return Optional.of(oid(expression)).filter(oid -> oid != 0);
  }

  private static long oid(TreeNode expression) {
    return switch (expression.tag()) {
      case "VAR" -> expression.number("vartype");
      case "CONST" -> expression.number("consttype");
      case "FUNCEXPR" -> expression.number("funcresulttype");
      case "OPEXPR", "DISTINCTEXPR", "NULLIFEXPR" -> expression.number("opresulttype");
      case "CASE", "CASEEXPR" -> expression.number("casetype");
      case "CASETESTEXPR", "COERCETODOMAINVALUE" -> expression.number("typeId");
      case "COALESCE", "COALESCEEXPR" -> expression.number("coalescetype");
      case "MINMAX", "MINMAXEXPR" -> expression.number("minmaxtype");
      case "ARRAY", "ARRAYEXPR" -> expression.number("array_typeid");
      case "ROW", "ROWEXPR" -> expression.number("row_typeid");
      case "AGGREF" -> expression.number("aggtype");
      case "WINDOWFUNC" -> expression.number("wintype");
      case "SQLVALUEFUNCTION", "XMLEXPR" -> expression.number("type");
      case "PARAM" -> expression.number("paramtype");
      case "GROUPINGFUNC" -> INTEGER;
      case "SUBSCRIPTINGREF" -> expression.number("refrestype");
      case "RELABELTYPE",
          "COERCEVIAIO",
          "ARRAYCOERCEEXPR",
          "CONVERTROWTYPEEXPR",
          "COERCETODOMAIN",
          "FIELDSELECT" ->
          expression.number("resulttype");
      case "COLLATE", "COLLATEEXPR", "NAMEDARGEXPR" -> oid(expression.nodes("arg").getFirst());
      case "SCALARARRAYOPEXPR",
          "BOOLEXPR",
          "NULLTEST",
          "BOOLEANTEST",
          "ROWCOMPARE",
          "ROWCOMPAREEXPR" ->
          BOOLEAN;
      default -> 0;
    };
  }
}
