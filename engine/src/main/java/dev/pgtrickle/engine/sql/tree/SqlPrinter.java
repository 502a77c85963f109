package dev.pgtrickle.engine.sql.tree;

import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes a query as one line of SQL that PostgreSQL reads as the same query again. */
public final class SqlPrinter {
  private final StringBuilder sql = new StringBuilder();
  private final ExpressionPrinter expressions = new ExpressionPrinter(sql, this::query);

  private SqlPrinter() {}

  public static String print(Query query) {
    SqlPrinter printer = new SqlPrinter();
    printer.query(query);
    return printer.sql.toString();
  }

  private void query(Query query) {
    commonTables(query.commonTables());
    body(query.body());
    expressions.orderBy(query.order());
    query.limit().offset().ifPresent(offset -> clause(" OFFSET ", offset));
    query.limit().count().ifPresent(count -> limit(count, query.limit().ties()));
    sql.append(query.lock());
  }

  private void limit(Expression count, RowLimit.Ties ties) {
    switch (ties) {
      case CUT -> clause(" LIMIT ", count);
      case KEPT -> {
        clause(" FETCH FIRST ", count);
        sql.append(" ROWS WITH TIES");
      }
    }
  }

  private void commonTables(CommonTables commonTables) {
    String separator =
        switch (commonTables.recursion()) {
          case PLAIN -> "WITH ";
          case RECURSIVE -> "WITH RECURSIVE ";
        };
    for (CommonTableDefinition table : commonTables.tables()) {
      sql.append(separator).append(table.name().quoted());
      names(table.columns());
      sql.append(" AS ").append(table.hint()).append('(');
      query(table.query());
      sql.append(')');
      expressions.parts(table.tail());
      separator = ", ";
    }
    if (!commonTables.tables().isEmpty()) {
      sql.append(' ');
    }
  }

  private void body(QueryBody body) {
    switch (body) {
      case Select select -> select(select);
      case QueryBody.SetOperation operation -> {
        body(operation.left());
        sql.append(' ').append(operation.kind());
        sql.append(operation.quantifier() == Quantifier.ALL ? " ALL " : " ");
        body(operation.right());
      }
      case QueryBody.ValuesList values -> {
        String separator = "VALUES (";
        for (List<Expression> row : values.rows()) {
          sql.append(separator);
          expressions.list(row);
          sql.append(')');
          separator = ", (";
        }
      }
      case QueryBody.Parenthesised parenthesised -> {
        sql.append('(');
        query(parenthesised.query());
        sql.append(')');
      }
    }
  }

  private void select(Select select) {
    sql.append("SELECT");
    if (select.quantifier() == Quantifier.DISTINCT) {
      sql.append(" DISTINCT");
    }
    if (!select.distinctOn().isEmpty()) {
      sql.append(" ON (");
      expressions.list(select.distinctOn());
      sql.append(')');
    }
    String separator = " ";
    for (Select.SelectItem item : select.items()) {
      sql.append(separator);
      expressions.expression(item.expression());
      item.alias().ifPresent(alias -> sql.append(" AS ").append(alias.quoted()));
      separator = ", ";
    }
    separator = " FROM ";
    for (FromItem item : select.from()) {
      sql.append(separator);
      fromItem(item);
      separator = ", ";
    }
    select.where().ifPresent(condition -> clause(" WHERE ", condition));
    select.group().ifPresent(this::groupBy);
    select.having().ifPresent(condition -> clause(" HAVING ", condition));
    separator = " WINDOW ";
    for (NamedWindow window : select.windows()) {
      sql.append(separator).append(window.name().quoted()).append(" AS ");
      expressions.window(window.specification());
      separator = ", ";
    }
  }

  private void groupBy(GroupClause group) {
    sql.append(" GROUP BY ");
    if (group.quantifier() == Quantifier.DISTINCT) {
      sql.append("DISTINCT ");
    }
    elements(group.elements());
  }

  private void elements(List<GroupClause.Element> elements) {
    String separator = "";
    for (GroupClause.Element element : elements) {
      sql.append(separator);
      switch (element) {
        case GroupClause.Element.Key key -> expressions.expression(key.expression());
        case GroupClause.Element.KeyList keys -> {
          sql.append('(');
          expressions.list(keys.keys());
          sql.append(')');
        }
        case GroupClause.Element.Sets sets -> {
          sql.append(sets.kind().words()).append('(');
          elements(sets.elements());
          sql.append(')');
        }
      }
      separator = ", ";
    }
  }

  private void fromItem(FromItem item) {
    switch (item) {
      case FromItem.Table table -> {
        sql.append(table.reach() == FromItem.Reach.ONLY ? "ONLY " : "");
        expressions.path(table.path());
        alias(table.alias());
        expressions.parts(table.sample());
      }
      case FromItem.Derived derived -> {
        lateral(derived.laterality());
        sql.append('(');
        query(derived.query());
        sql.append(')');
        alias(derived.alias());
      }
      case FromItem.Function function -> function(function);
      case FromItem.Joined joined -> joined(joined);
    }
  }

  private void function(FromItem.Function function) {
    lateral(function.laterality());
    expressions.parts(function.call());
    if (function.ordinality() == FromItem.Ordinality.NUMBERED) {
      sql.append(" WITH ORDINALITY");
    }
    if (function.definitions().isEmpty()) {
      alias(function.alias());
      return;
    }
    sql.append(" AS ");
    function.alias().ifPresent(alias -> sql.append(alias.name().quoted()));
    String separator = "(";
    for (FromItem.ColumnDefinition column : function.definitions()) {
      sql.append(separator).append(column.name().quoted()).append(' ').append(column.type());
      separator = ", ";
    }
    sql.append(')');
  }

  private void joined(FromItem.Joined joined) {
    sql.append('(');
    fromItem(joined.left());
    sql.append(' ').append(joined.kind().words()).append(' ');
    fromItem(joined.right());
    joined.condition().ifPresent(condition -> clause(" ON ", condition));
    if (!joined.using().isEmpty()) {
      sql.append(" USING ");
      names(joined.using());
      joined.usingAlias().ifPresent(alias -> sql.append(" AS ").append(alias.quoted()));
    }
    sql.append(')');
    alias(joined.alias());
  }

  private void lateral(FromItem.Laterality laterality) {
    sql.append(laterality == FromItem.Laterality.LATERAL ? "LATERAL " : "");
  }

  private void alias(Optional<TableAlias> alias) {
    alias.ifPresent(given -> {
      sql.append(' ').append(given.name().quoted());
      names(given.columns());
    });
  }

  /** The names in parentheses; nothing where there are none. */
  private void names(List<Identifier> names) {
    if (!names.isEmpty()) {
      sql.append(
          names.stream().map(Identifier::quoted).collect(Collectors.joining(", ", "(", ")")));
    }
  }

  private void clause(String words, Expression expression) {
    sql.append(words);
    expressions.expression(expression);
  }
}
