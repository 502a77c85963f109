package dev.pgtrickle.engine.sql.resolve;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.With;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.sql.token.Lexer;
import dev.pgtrickle.engine.sql.token.Token;
import dev.pgtrickle.engine.sql.tree.CommonTableDefinition;
import dev.pgtrickle.engine.sql.tree.CommonTables;
import dev.pgtrickle.engine.sql.tree.Part;
import java.util.ArrayList;
import java.util.List;

/** Defines the tables of a WITH clause. */
final class CommonTableResolver {
  private final Context context;

  CommonTableResolver(Context context) {
    this.context = context;
  }

  /** Each table sees those before it; with RECURSIVE it sees itself too. */
  List<With.CommonTable> define(CommonTables clause, Scope scope) {
    List<With.CommonTable> tables = new ArrayList<>();
    for (CommonTableDefinition definition : clause.tables()) {
      CommonTableEntry entry =
          new CommonTableEntry(context.nextCommonTable(), definition.name(), definition.columns());
      Scope inside = new Scope(scope);
      Operator plan;
      if (clause.recursion() == CommonTables.Recursion.RECURSIVE) {
        scope.define(entry);
        plan = context.queries().recursive(definition.query(), inside, entry);
      } else {
        plan = context.queries().query(definition.query(), inside);
      }
      String tail = tail(definition);
      List<Column> columns = new ArrayList<>(plan.columns());
      addedByTail(definition).forEach(name -> columns.add(context.computed(name)));
      With.Recursion recursion =
          entry.columns() != null && entry.isReadByItself()
              ? With.Recursion.RECURSIVE
              : With.Recursion.NONE;
      scope.define(entry);
      List<Column> known = entry.define(columns);
      tables.add(
          new With.CommonTable(
              entry.id(),
              definition.name(),
              known.stream().map(Column::name).toList(),
              recursion,
              definition.hint(),
              plan,
              tail));
    }
    return List.copyOf(tables);
  }

  private String tail(CommonTableDefinition definition) {
    StringBuilder sql = new StringBuilder();
    for (Part part : definition.tail()) {
      switch (part) {
        case Part.Words words -> sql.append(words.sql());
        case Part.Operand operand ->
            sql.append(
                context
                    .expressions()
                    .scalar(operand.expression(), new Scope(null))
                    .render(id -> {
                      throw new UnresolvedException(
                          "a column in a CYCLE clause", definition.offset());
                    }));
        case Part.Nested _ ->
            throw new UnresolvedException("a query in a CYCLE clause", definition.offset());
      }
    }
    return sql.toString();
  }

  /** SET and USING name columns that SEARCH and CYCLE add. */
  private static List<Identifier> addedByTail(CommonTableDefinition definition) {
    List<Identifier> names = new ArrayList<>();
    for (Part part : definition.tail()) {
      if (part instanceof Part.Words words) {
        List<Token> tokens = Lexer.tokens(words.sql());
        for (int index = 1; index < tokens.size(); index++) {
          Token before = tokens.get(index - 1);
          if (tokens.get(index).isIdentifier()
              && (before.isWord("SET") || before.isWord("USING"))) {
            names.add(tokens.get(index).identifier());
          }
        }
      }
    }
    return names;
  }
}
