package dev.pgtrickle.engine.sql;

/** The type of an expression's value, as its node in the analysed tree says. */
final class ExpressionType {
  private static final long BOOLEAN = 16;

  private ExpressionType() {}

  /** The oid of the type. */
  static long of(TreeNode expression) {
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
      case "SUBSCRIPTINGREF" -> expression.number("refrestype");
      case "RELABELTYPE",
          "COERCEVIAIO",
          "ARRAYCOERCEEXPR",
          "CONVERTROWTYPEEXPR",
          "COERCETODOMAIN",
          "FIELDSELECT" ->
          expression.number("resulttype");
      case "COLLATE", "COLLATEEXPR", "NAMEDARGEXPR" -> of(expression.nodes("arg").getFirst());
      case "SCALARARRAYOPEXPR",
          "BOOLEXPR",
          "NULLTEST",
          "BOOLEANTEST",
          "ROWCOMPARE",
          "ROWCOMPAREEXPR" ->
          BOOLEAN;
      default -> throw new IllegalStateException("no type known for " + expression.tag());
    };
  }
}
