package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.error.TrickleException;

/** Refuses what no way of maintenance makes right, by PostgreSQL's analysed tree of the query. */
final class TreeChecks {
  private final Refusals refusals;

  TreeChecks(Refusals refusals) {
    this.refusals = refusals;
  }

  void check(TreeNode query, TreeCalls calls) {
    if (query.nodes("targetList").isEmpty()) {
      throw refusals.unsupported(
          "a SELECT without columns cannot be stored", "select at least one column");
    }
    query.walk(this::checkLocks);
    if (calls.asksForSession()) {
      throw refusals.unsupported(
          "CURRENT_USER and its like would name the engine's role, not whoever reads",
          "store the value in a column, or ask for it in the queries that read the stream table");
    }
  }

  private void checkLocks(TreeNode node) {
    if (node.tag().equals("QUERY") && node.has("rowMarks")) {
      TrickleException refused =
          refusals.unsupported(
              "FOR UPDATE or FOR SHARE has no place in a stream table",
              "leave it out: a stream table locks no rows");
      throw refusals.atFirst(refused, "FOR");
    }
  }
}
