package dev.pgtrickle.engine.sql;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Collects from analysed trees what computes something. It cannot be fooled by how SQL is written.
 */
final class TreeCalls {
  /** SQLValueFunctionOp: up to here it is the clock, above it is who asks. */
  private static final int LAST_CLOCK_WORD = 8;

  /** Those with a precision, such as CURRENT_TIMESTAMP(3). */
  private static final Set<Long> WITH_PRECISION = Set.of(2L, 4L, 6L, 8L);

  /** Says the time of the transaction. */
  static final String CLOCK_WORD = "a word such as CURRENT_DATE";

  private static final String ROUNDED_CLOCK_WORD = "a word such as CURRENT_TIMESTAMP(3)";

  /** Nodes whose own result rests on their operands and pinned settings. */
  private static final Set<String> KNOWN =
      Set.of(
          "QUERY",
          "ALIAS",
          "RTE",
          "RANGETBLENTRY",
          "RTEPERMISSIONINFO",
          "FROMEXPR",
          "JOINEXPR",
          "RANGETBLREF",
          "RANGETBLFUNCTION",
          "TARGETENTRY",
          "VAR",
          "CONST",
          "PARAM",
          "NAMEDARGEXPR",
          "BOOLEXPR",
          "NULLTEST",
          "BOOLEANTEST",
          "CASE",
          "CASEEXPR",
          "WHEN",
          "CASEWHEN",
          "CASETESTEXPR",
          "COALESCE",
          "COALESCEEXPR",
          "MINMAX",
          "MINMAXEXPR",
          "ARRAY",
          "ARRAYEXPR",
          "ROW",
          "ROWEXPR",
          "RELABELTYPE",
          "ARRAYCOERCEEXPR",
          "CONVERTROWTYPEEXPR",
          "COLLATE",
          "COLLATEEXPR",
          "FIELDSELECT",
          "SUBSCRIPTINGREF",
          "COERCETODOMAINVALUE",
          "SORTGROUPCLAUSE",
          "GROUPINGSET",
          "GROUPINGFUNC",
          "WINDOWCLAUSE",
          "SETOPERATIONSTMT",
          "COMMONTABLEEXPR",
          "CTESEARCHCLAUSE",
          "CTECYCLECLAUSE",
          "SUBLINK",
          "ROWMARKCLAUSE",
          "TABLESAMPLECLAUSE",
          "JSONRETURNING",
          "JSONFORMAT",
          "JSONVALUEEXPR");

  /** Nodes that also look at settings, all of which are pinned. */
  private static final Set<String> PINNED =
      Set.of("XMLEXPR", "JSONCONSTRUCTOREXPR", "JSONISPREDICATE");

  private final Set<Long> functions = new LinkedHashSet<>();
  private final Set<Long> operators = new LinkedHashSet<>();
  private final Set<Long> castSources = new LinkedHashSet<>();
  private final Set<Long> castTargets = new LinkedHashSet<>();
  private final Set<Long> domains = new LinkedHashSet<>();
  private final Set<String> pinnedNodes = new TreeSet<>();
  private final Set<String> unknownNodes = new TreeSet<>();
  private final Set<String> clockWords = new TreeSet<>();
  private boolean asksForSession;

  void visit(TreeNode node) {
    switch (node.tag()) {
      case "FUNCEXPR" -> functions.add(node.number("funcid"));
      case "AGGREF" -> functions.add(node.number("aggfnoid"));
      case "WINDOWFUNC" -> functions.add(node.number("winfnoid"));
      case "OPEXPR", "DISTINCTEXPR", "NULLIFEXPR", "SCALARARRAYOPEXPR" ->
          operators.add(node.number("opno"));
      case "ROWCOMPARE", "ROWCOMPAREEXPR" -> operators.addAll(node.numbers("opnos"));
      case "COERCEVIAIO" -> {
        ExpressionType.of(node.nodes("arg").getFirst())
            .ifPresentOrElse(castSources::add, () -> unknownNodes.add("COERCEVIAIO"));
        castTargets.add(node.number("resulttype"));
      }
      case "COERCETODOMAIN" -> domains.add(node.number("resulttype"));
      case "SQLVALUEFUNCTION" -> {
        long word = node.number("op");
        if (word > LAST_CLOCK_WORD) {
          asksForSession = true;
        } else {
          clockWords.add(WITH_PRECISION.contains(word) ? ROUNDED_CLOCK_WORD : CLOCK_WORD);
        }
      }
      default -> {
        if (PINNED.contains(node.tag())) {
          pinnedNodes.add(node.tag());
        } else if (!KNOWN.contains(node.tag())) {
          unknownNodes.add(node.tag());
        }
      }
    }
  }

  Set<Long> functions() {
    return functions;
  }

  Set<Long> operators() {
    return operators;
  }

  /** The types whose output functions casts call. */
  Set<Long> castSources() {
    return castSources;
  }

  /** The types whose input functions casts call. */
  Set<Long> castTargets() {
    return castTargets;
  }

  Set<Long> domains() {
    return domains;
  }

  /** Tags whose result rests on pinned settings too. */
  Set<String> pinnedNodes() {
    return pinnedNodes;
  }

  /** Tags that nobody has vouched for. */
  Set<String> unknownNodes() {
    return unknownNodes;
  }

  /** Words for the time of the transaction. */
  Set<String> clockWords() {
    return clockWords;
  }

  /** CURRENT_USER and its like: their value would be that of the engine. */
  boolean asksForSession() {
    return asksForSession;
  }
}
