package dev.pgtrickle.engine.sql.parser;

import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.sql.token.Token;
import dev.pgtrickle.engine.sql.token.TokenCursor;
import dev.pgtrickle.engine.sql.token.UnknownSyntaxException;
import dev.pgtrickle.engine.sql.tree.Expression;
import dev.pgtrickle.engine.sql.tree.FromItem;
import dev.pgtrickle.engine.sql.tree.FromItem.Laterality;
import dev.pgtrickle.engine.sql.tree.Part;
import dev.pgtrickle.engine.sql.tree.Query;
import dev.pgtrickle.engine.sql.tree.TableAlias;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What stands in FROM. */
final class FromRules {
  private final Grammar grammar;
  private final TokenCursor cursor;

  FromRules(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor();
  }

  /** An item with everything that is joined to it without parentheses. */
  FromItem item() {
    grammar.budget().enterExpression();
    FromItem left = single();
    while (true) {
      Optional<FromItem.Kind> kind = joinWords();
      if (kind.isEmpty()) {
        grammar.budget().leaveExpression();
        return left;
      }
      grammar.budget().node();
      left = joined(left, kind.get());
    }
  }

  private Optional<FromItem.Kind> joinWords() {
    if (cursor.acceptWord("JOIN") || cursor.acceptWords("INNER", "JOIN")) {
      return Optional.of(FromItem.Kind.INNER);
    }
    for (FromItem.Kind kind :
        List.of(FromItem.Kind.LEFT, FromItem.Kind.RIGHT, FromItem.Kind.FULL)) {
      if (cursor.acceptWords(kind.name(), "JOIN")
          || cursor.acceptWords(kind.name(), "OUTER", "JOIN")) {
        return Optional.of(kind);
      }
    }
    return cursor.acceptWords("CROSS", "JOIN")
        ? Optional.of(FromItem.Kind.CROSS)
        : Optional.empty();
  }

  private FromItem joined(FromItem left, FromItem.Kind kind) {
    int offset = cursor.peek().offset();
    FromItem right = single();
    Optional<Expression> condition = Optional.empty();
    List<Identifier> using = List.of();
    Optional<Identifier> usingAlias = Optional.empty();
    if (cursor.acceptWord("ON")) {
      condition = Optional.of(grammar.expressions().expression());
    } else if (cursor.acceptWord("USING")) {
      using = identifiers();
      usingAlias =
          cursor.acceptWord("AS")
              ? Optional.of(cursor.expectIdentifier().identifier())
              : Optional.empty();
    }
    return new FromItem.Joined(
        kind, left, right, condition, using, usingAlias, Optional.empty(), offset);
  }

  private FromItem single() {
    Token first = cursor.peek();
    Laterality laterality =
        cursor.acceptWord("LATERAL") ? Laterality.LATERAL : Laterality.INDEPENDENT;
    Token token = cursor.peek();
    if (token.isPunctuation("(")) {
      return grammar.queryFollowsAfter(1) ? derived(laterality, first.offset()) : parenthesised();
    }
    if (token.isWord("ROWS") && cursor.peek(1).isWord("FROM")) {
      return function(laterality, rowsFrom(), first.offset());
    }
    if (token.isWord("XMLTABLE") || token.isWord("JSON_TABLE")) {
      return function(laterality, grammar.specials().function(token.upperCase()), first.offset());
    }
    if (token.isIdentifier() || token.isWord("ONLY")) {
      return tableOrFunction(laterality, first.offset());
    }
    PartCollector call = new PartCollector(cursor);
    call.operand(grammar.primaries().primary());
    return function(laterality, call.parts(), first.offset());
  }

  private FromItem derived(Laterality laterality, int offset) {
    cursor.expectPunctuation("(");
    Query query = grammar.queries().query();
    cursor.expectPunctuation(")");
    return new FromItem.Derived(laterality, query, optionalAlias(), offset);
  }

  private FromItem parenthesised() {
    cursor.expectPunctuation("(");
    FromItem inner = item();
    Token closing = cursor.expectPunctuation(")");
    if (!(inner instanceof FromItem.Joined joined) || joined.alias().isPresent()) {
      throw new UnknownSyntaxException(closing);
    }
    return new FromItem.Joined(
        joined.kind(),
        joined.left(),
        joined.right(),
        joined.condition(),
        joined.using(),
        joined.usingAlias(),
        optionalAlias(),
        joined.offset());
  }

  private FromItem tableOrFunction(Laterality laterality, int offset) {
    FromItem.Reach reach =
        cursor.acceptWord("ONLY") ? FromItem.Reach.ONLY : FromItem.Reach.WITH_DESCENDANTS;
    int words = 1;
    while (cursor.peek(words).isPunctuation(".")) {
      words += 2;
    }
    if (cursor.peek(words).isPunctuation("(")) {
      PartCollector call = new PartCollector(cursor);
      call.operand(grammar.primaries().primary());
      return function(laterality, call.parts(), offset);
    }
    List<Identifier> path = new ArrayList<>();
    do {
      path.add(cursor.expectIdentifier().identifier());
    } while (cursor.acceptPunctuation("."));
    Optional<TableAlias> alias = optionalAlias();
    List<Part> sample = cursor.peek().isWord("TABLESAMPLE") ? sample() : List.of();
    return new FromItem.Table(List.copyOf(path), reach, alias, sample, offset);
  }

  private List<Part> sample() {
    PartCollector parts = new PartCollector(cursor);
    parts.text(" ");
    parts.pass();
    parts.pass();
    while (cursor.peek().isPunctuation(".")) {
      parts.pass();
      parts.pass();
    }
    parts.passPunctuation("(");
    grammar.primaries().list(parts, ")");
    if (cursor.peek().isWord("REPEATABLE")) {
      parts.pass();
      parts.passPunctuation("(");
      grammar.primaries().list(parts, ")");
    }
    return parts.parts();
  }

  private List<Part> rowsFrom() {
    PartCollector parts = new PartCollector(cursor);
    parts.pass();
    parts.pass();
    parts.passPunctuation("(");
    while (true) {
      parts.blank();
      parts.operand(grammar.primaries().primary());
      if (cursor.peek().isWord("AS")) {
        parts.pass();
        parts.passPunctuation("(");
        parts.text(
            definitions().stream()
                .map(column -> column.name().quoted() + " " + column.type())
                .collect(Collectors.joining(", ", "", ")")));
      }
      if (!cursor.peek().isPunctuation(",")) {
        parts.passPunctuation(")");
        return parts.parts();
      }
      parts.pass();
    }
  }

  private FromItem function(Laterality laterality, List<Part> call, int offset) {
    FromItem.Ordinality ordinality =
        cursor.acceptWords("WITH", "ORDINALITY")
            ? FromItem.Ordinality.NUMBERED
            : FromItem.Ordinality.NONE;
    boolean as = cursor.acceptWord("AS");
    Optional<Identifier> name =
        cursor.peek().isIdentifier() ? Optional.of(cursor.next().identifier()) : Optional.empty();
    boolean typed = cursor.peek().isPunctuation("(") && !untypedList();
    if (as && name.isEmpty() && !typed) {
      throw new UnknownSyntaxException(cursor.peek());
    }
    List<FromItem.ColumnDefinition> definitions = List.of();
    List<Identifier> columns = List.of();
    if (typed) {
      cursor.next();
      definitions = definitions();
    } else if (cursor.peek().isPunctuation("(")) {
      columns = identifiers();
    }
    List<Identifier> names = columns;
    return new FromItem.Function(
        laterality,
        call,
        ordinality,
        name.map(given -> new TableAlias(given, names)),
        definitions,
        offset);
  }

  /** Whether a list of bare names follows, and not of names with types. */
  private boolean untypedList() {
    return cursor.peek(2).isPunctuation(",") || cursor.peek(2).isPunctuation(")");
  }

  /** Names with types, up to and with the closing parenthesis. */
  private List<FromItem.ColumnDefinition> definitions() {
    List<FromItem.ColumnDefinition> columns = new ArrayList<>();
    do {
      Identifier name = cursor.expectIdentifier().identifier();
      StringBuilder type = new StringBuilder(grammar.types().type());
      if (cursor.peek().isWord("COLLATE")) {
        type.append(cursor.next().spaced()).append(cursor.expectIdentifier().spaced());
        while (cursor.acceptPunctuation(".")) {
          type.append('.').append(cursor.expectIdentifier().text());
        }
      }
      columns.add(new FromItem.ColumnDefinition(name, type.toString()));
    } while (cursor.acceptPunctuation(","));
    cursor.expectPunctuation(")");
    return List.copyOf(columns);
  }

  private Optional<TableAlias> optionalAlias() {
    if (!cursor.peek().isIdentifier()) {
      return Optional.empty();
    }
    Identifier name = cursor.next().identifier();
    List<Identifier> columns = cursor.peek().isPunctuation("(") ? identifiers() : List.of();
    return Optional.of(new TableAlias(name, columns));
  }

  /** Names in parentheses. */
  private List<Identifier> identifiers() {
    List<Identifier> names = new ArrayList<>();
    cursor.expectPunctuation("(");
    do {
      names.add(cursor.expectIdentifier().identifier());
    } while (cursor.acceptPunctuation(","));
    cursor.expectPunctuation(")");
    return List.copyOf(names);
  }
}
