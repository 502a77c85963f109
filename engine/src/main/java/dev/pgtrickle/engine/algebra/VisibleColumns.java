package dev.pgtrickle.engine.algebra;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How columns are written at one place of a query; what is not known there is looked up outside.
 */
final class VisibleColumns {
  private final Map<ColumnId, Text> texts = new HashMap<>();
  private final @Nullable VisibleColumns outer;

  /** The SQL of a column; everything but a plain name needs parentheses inside of expressions. */
  record Text(String sql, Shape shape) {
    String embedded() {
      return shape == Shape.NAME ? sql : "(" + sql + ")";
    }
  }

  enum Shape {
    NAME,
    EXPRESSION
  }

  private VisibleColumns(@Nullable VisibleColumns outer) {
    this.outer = outer;
  }

  static VisibleColumns none() {
    return new VisibleColumns(null);
  }

  VisibleColumns inner() {
    return new VisibleColumns(this);
  }

  void put(ColumnId column, String sql, Shape shape) {
    texts.put(column, new Text(sql, shape));
  }

  void putAll(VisibleColumns others) {
    texts.putAll(others.texts);
  }

  Text get(ColumnId column) {
    Text text = texts.get(column);
    if (text != null) {
      return text;
    }
    if (outer == null) {
      throw new IllegalStateException("column " + column + " is not visible here");
    }
    return outer.get(column);
  }

  boolean allNames() {
    return texts.values().stream().allMatch(text -> text.shape() == Shape.NAME);
  }
}
