package dev.pgtrickle.engine.sql.tree;

import java.util.List;

/**
 * A query with everything that may stand around its body.
 *
 * @param lock the words of FOR UPDATE and its like; empty where there are none
 */
public record Query(
    CommonTables commonTables,
    QueryBody body,
    List<SortItem> order,
    RowLimit limit,
    String lock,
    int offset) {}
