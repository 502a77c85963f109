package dev.pgtrickle.engine.sql.tree;

/**
 * One key of an ORDER BY.
 *
 * @param direction the words after it, with the blank before them; may be empty
 */
public record SortItem(Expression expression, String direction) {}
