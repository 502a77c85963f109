package dev.pgtrickle.engine.sql.resolve;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.FunctionScan;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.sql.token.Lexer;
import dev.pgtrickle.engine.sql.token.Token;
import dev.pgtrickle.engine.sql.tree.FromItem;
import dev.pgtrickle.engine.sql.tree.Part;
import dev.pgtrickle.engine.sql.tree.TableAlias;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Functions in FROM. Canonical text always names their columns. */
final class FunctionResolver {
  private final Context context;

  FunctionResolver(Context context) {
    this.context = context;
  }

  FromResolver.Source function(FromItem.Function function, Scope scope) {
    Scalar call = context.expressions().text(function.call(), scope);
    scope.takeReturnsSets();
    List<Identifier> names =
        function.definitions().isEmpty()
            ? columnNames(function)
            : function.definitions().stream().map(FromItem.ColumnDefinition::name).toList();
    if (names.isEmpty()) {
      throw new UnresolvedException(
          "a function in FROM whose columns have no names", function.offset());
    }
    List<Column> columns = names.stream().map(context::computed).toList();
    FunctionScan scan =
        new FunctionScan(
            columns,
            call,
            function.ordinality() == FromItem.Ordinality.NUMBERED
                ? FunctionScan.Ordinality.NUMBERED
                : FunctionScan.Ordinality.NONE,
            function.definitions().stream().map(FromItem.ColumnDefinition::type).toList());
    return context
        .from()
        .aliased(
            scan,
            function.alias().map(alias -> new TableAlias(alias.name(), names)),
            Optional.empty(),
            "");
  }

  private static List<Identifier> columnNames(FromItem.Function function) {
    List<Identifier> renamed = function.alias().map(TableAlias::columns).orElse(List.of());
    List<Identifier> declared = declared(function.call());
    List<Identifier> names = new ArrayList<>(renamed);
    if (declared.size() > renamed.size()) {
      names.addAll(declared.subList(renamed.size(), declared.size()));
    }
    return names;
  }

  /** The columns of JSON_TABLE and XMLTABLE: the first name of each item after COLUMNS. */
  private static List<Identifier> declared(List<Part> call) {
    List<Identifier> names = new ArrayList<>();
    int depth = 0;
    boolean columns = false;
    boolean atStart = false;
    for (Part part : call) {
      if (part instanceof Part.Words words) {
        for (Token token : Lexer.tokens(words.sql())) {
          if (token.isWord("COLUMNS")) {
            columns = true;
            atStart = true;
          } else if (columns && atStart && token.isIdentifier()) {
            names.add(token.identifier());
            atStart = false;
          } else if (token.isPunctuation("(")) {
            depth++;
          } else if (token.isPunctuation(")")) {
            depth--;
          } else if (columns && token.isPunctuation(",") && depth >= 1) {
            atStart = true;
          } else if (atStart && token.isWord("NESTED")) {
            atStart = false;
          }
        }
      }
    }
    return names;
  }
}
