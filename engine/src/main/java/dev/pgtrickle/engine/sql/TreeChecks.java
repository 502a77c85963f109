package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.error.TrickleException;
import java.util.List;
import java.util.Set;

/**
 * Refuses every construct that is not maintained, by PostgreSQL's analysed tree of the query: it
 * cannot be fooled by how the text is written. Finds the one table that is read.
 */
final class TreeChecks {
  private static final String RELATION = "0";
  private static final String PLAIN = "write the query over one table without it";
  private static final String IN_CONSUMER = "leave it to the queries that read the stream table";

  /** Nodes whose meaning is known. PostgreSQL renamed some of them in version 16. */
  private static final Set<String> KNOWN =
      Set.of(
          "QUERY",
          "ALIAS",
          "RTE",
          "RANGETBLENTRY",
          "RTEPERMISSIONINFO",
          "FROMEXPR",
          "RANGETBLREF",
          "TARGETENTRY",
          "VAR",
          "CONST",
          "FUNCEXPR",
          "NAMEDARGEXPR",
          "OPEXPR",
          "DISTINCTEXPR",
          "NULLIFEXPR",
          "SCALARARRAYOPEXPR",
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
          "ROWCOMPARE",
          "ROWCOMPAREEXPR",
          "RELABELTYPE",
          "COERCEVIAIO",
          "ARRAYCOERCEEXPR",
          "CONVERTROWTYPEEXPR",
          "COLLATE",
          "COLLATEEXPR",
          "FIELDSELECT",
          "SUBSCRIPTINGREF",
          "COERCETODOMAIN",
          "COERCETODOMAINVALUE",
          "AGGREF",
          "SORTGROUPCLAUSE");

  private final Refusals refusals;

  TreeChecks(Refusals refusals) {
    this.refusals = refusals;
  }

  /** Refuses whatever is not a query over one relation; gives the relation's range table entry. */
  TreeNode checkSource(TreeNode query) {
    refuseIf(query.has("setOperations"), "a set operation", PLAIN, "UNION", "INTERSECT", "EXCEPT");
    refuseIf(query.has("cteList"), "WITH", PLAIN, "WITH");
    refuseIf(query.isTrue("hasSubLinks"), "a sub-query in an expression", PLAIN);
    return table(query);
  }

  /** Refuses what is not maintained over one relation. */
  void checkShape(TreeNode query) {
    refuseIf(query.isTrue("hasDistinctOn"), "DISTINCT ON", IN_CONSUMER, "DISTINCT");
    refuseIf(
        query.has("distinctClause"),
        "SELECT DISTINCT",
        "use GROUP BY over the same expressions",
        "DISTINCT");
    refuseIf(
        query.has("groupingSets"),
        "GROUPING SETS, ROLLUP or CUBE",
        "make one stream table for each set",
        "ROLLUP",
        "CUBE",
        "GROUPING");
    refuseIf(query.has("havingQual"), "HAVING", IN_CONSUMER, "HAVING");
    refuseIf(query.isTrue("hasWindowFuncs"), "a window function", IN_CONSUMER, "OVER");
    refuseIf(
        query.isTrue("hasTargetSRFs"), "a set-returning function in the SELECT list", IN_CONSUMER);
    refuseIf(
        query.has("rowMarks") || query.isTrue("hasForUpdate"),
        "FOR UPDATE or FOR SHARE",
        "leave it out: a stream table locks no rows",
        "FOR");
    refuseIf(
        query.has("limitCount") || query.has("limitOffset"),
        "LIMIT or OFFSET",
        IN_CONSUMER,
        "LIMIT",
        "OFFSET",
        "FETCH");
    refuseIf(query.has("sortClause"), "ORDER BY", IN_CONSUMER, "ORDER");
    refuseIf(
        query.nodes("targetList").isEmpty(),
        "a SELECT without columns",
        "select at least one column");
    query.walk(this::checkNode);
  }

  private TreeNode table(TreeNode query) {
    List<TreeNode> from =
        query.nodes("jointree").stream().flatMap(tree -> tree.nodes("fromlist").stream()).toList();
    refuseIf(from.isEmpty(), "a query without FROM", "read one table");
    boolean joined = from.size() > 1 || from.getFirst().tag().equals("JOINEXPR");
    refuseIf(joined, "a join", "write the query over one table", "JOIN");
    TreeNode entry =
        query.nodes("rtable").get(Math.toIntExact(from.getFirst().number("rtindex")) - 1);
    String kind = entry.word("rtekind");
    if (!kind.equals(RELATION)) {
      throw refused(
          switch (kind) {
            case "1" -> "a sub-query in FROM";
            case "3" -> "a function in FROM";
            case "4" -> "a table function in FROM";
            case "5" -> "VALUES";
            case "6" -> "WITH";
            default -> "this item in FROM";
          },
          "read one table",
          kind.equals("5") ? new String[] {"VALUES"} : new String[0]);
    }
    refuseIf(entry.has("tablesample"), "TABLESAMPLE", PLAIN, "TABLESAMPLE");
    refuseIf(!entry.isTrue("inh"), "FROM ONLY", "read the table without ONLY", "ONLY");
    return entry;
  }

  private void checkNode(TreeNode node) {
    switch (node.tag()) {
      case "SQLVALUEFUNCTION" ->
          throw refused(
              "a function of the clock or the session, such as CURRENT_DATE or CURRENT_USER",
              "store the value in a column");
      case "VAR" -> checkColumn(node);
      case "AGGREF" -> checkAggregate(node);
      default -> {
        if (!KNOWN.contains(node.tag())) {
          throw refused(
              "this expression (PostgreSQL's node " + node.tag() + ")",
              "write it with operators and functions");
        }
      }
    }
  }

  private void checkColumn(TreeNode column) {
    long number = column.number("varattno");
    refuseIf(number < 0, "a system column, such as ctid or xmin,", "use columns of the table");
    refuseIf(number == 0, "a whole row as a value", "name the columns");
  }

  private void checkAggregate(TreeNode aggregate) {
    refuseIf(
        aggregate.has("aggfilter"),
        "FILTER in an aggregate",
        "use sum(CASE WHEN .. THEN .. END) or count(CASE WHEN .. THEN 1 END)",
        "FILTER");
    refuseIf(aggregate.has("aggdistinct"), "DISTINCT in an aggregate", IN_CONSUMER, "DISTINCT");
    boolean ordinary = aggregate.word("aggkind").equals("n");
    refuseIf(
        ordinary && aggregate.has("aggorder"), "ORDER BY in an aggregate", "leave it out", "ORDER");
    refuseIf(aggregate.number("agglevelsup") > 0, "an aggregate of an outer query", PLAIN);
  }

  private void refuseIf(boolean present, String what, String remedy, String... words) {
    if (present) {
      throw refused(what, remedy, words);
    }
  }

  /** The place is that of the first word that stands in the text exactly once. */
  private TrickleException refused(String construct, String remedy, String... words) {
    TrickleException failure =
        refusals.unsupported(construct + " is not maintained incrementally", remedy);
    for (String word : words) {
      var position = refusals.find(word);
      if (position.isPresent()) {
        return failure.at(position.get().toString());
      }
    }
    return failure;
  }
}
