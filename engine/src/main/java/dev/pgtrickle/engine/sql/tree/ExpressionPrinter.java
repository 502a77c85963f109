package dev.pgtrickle.engine.sql.tree;

import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Writes expressions as PostgreSQL wrote them. */
final class ExpressionPrinter {
  private final StringBuilder sql;
  private final Consumer<Query> queries;

  ExpressionPrinter(StringBuilder sql, Consumer<Query> queries) {
    this.sql = sql;
    this.queries = queries;
  }

  void expression(Expression expression) {
    switch (expression) {
      case ColumnName column -> path(column.path());
      case WholeRow row -> {
        path(row.path());
        sql.append(".*");
      }
      case Constant constant -> sql.append(constant.text());
      case Phrase phrase -> parts(phrase.parts());
      case Call call -> call(call);
    }
  }

  void parts(List<Part> parts) {
    for (Part part : parts) {
      switch (part) {
        case Part.Words words -> sql.append(words.sql());
        case Part.Operand operand -> expression(operand.expression());
        case Part.Nested nested -> queries.accept(nested.query());
      }
    }
  }

  void list(List<Expression> expressions) {
    String separator = "";
    for (Expression expression : expressions) {
      sql.append(separator);
      expression(expression);
      separator = ", ";
    }
  }

  void orderBy(List<SortItem> items) {
    if (!items.isEmpty()) {
      sql.append(" ORDER BY ");
      sortItems(items);
    }
  }

  void path(List<Identifier> path) {
    sql.append(path.stream().map(Identifier::quoted).collect(Collectors.joining(".")));
  }

  void window(WindowSpecification window) {
    sql.append('(');
    window.base().ifPresent(base -> sql.append(base.quoted()));
    if (!window.partition().isEmpty()) {
      sql.append(" PARTITION BY ");
      list(window.partition());
    }
    orderBy(window.order());
    if (!window.frame().isEmpty()) {
      sql.append(' ');
      parts(window.frame());
    }
    sql.append(')');
  }

  private void sortItems(List<SortItem> items) {
    String separator = "";
    for (SortItem item : items) {
      sql.append(separator);
      expression(item.expression());
      sql.append(item.direction());
      separator = ", ";
    }
  }

  private void call(Call call) {
    sql.append(call.function()).append('(');
    sql.append(call.quantifier() == Quantifier.DISTINCT ? "DISTINCT " : "");
    parts(call.arguments());
    orderBy(call.order());
    sql.append(')');
    if (!call.group().isEmpty()) {
      sql.append(" WITHIN GROUP (ORDER BY ");
      sortItems(call.group());
      sql.append(')');
    }
    call.filter()
        .ifPresent(condition -> {
          sql.append(" FILTER (WHERE ");
          expression(condition);
          sql.append(')');
        });
    call.over()
        .ifPresent(over -> {
          sql.append(" OVER ");
          switch (over) {
            case WindowReference.Named named -> sql.append(named.name().quoted());
            case WindowReference.Inline inline -> window(inline.specification());
          }
        });
  }
}
