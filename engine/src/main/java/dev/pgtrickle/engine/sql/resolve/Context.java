package dev.pgtrickle.engine.sql.resolve;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnIds;
import dev.pgtrickle.engine.algebra.CommonTableId;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.relations.ColumnType;
import dev.pgtrickle.engine.relations.Nullability;
import dev.pgtrickle.engine.sql.parser.Bounds;
import dev.pgtrickle.engine.sql.parser.CanonicalParser;
import dev.pgtrickle.engine.sql.tree.Query;
import java.util.Optional;

/** What all levels of one query share. */
final class Context {
  private final NameCatalog names;
  private final Bounds bounds;
  private final ColumnIds ids = new ColumnIds();
  private final ExpressionResolver expressions;
  private final FromResolver from;
  private final SelectResolver selects;
  private final QueryResolver queries;
  private Mentions mentions;
  private int commonTables;
  private int viewDepth;

  Context(NameCatalog names, Bounds bounds) {
    this.names = names;
    this.bounds = bounds;
    this.mentions = Mentions.of("");
    this.expressions = new ExpressionResolver(this);
    this.from = new FromResolver(this);
    this.selects = new SelectResolver(this);
    this.queries = new QueryResolver(this);
  }

  NameCatalog names() {
    return names;
  }

  Mentions mentions() {
    return mentions;
  }

  ExpressionResolver expressions() {
    return expressions;
  }

  FromResolver from() {
    return from;
  }

  SelectResolver selects() {
    return selects;
  }

  QueryResolver queries() {
    return queries;
  }

  CommonTableId nextCommonTable() {
    commonTables++;
    return new CommonTableId(commonTables);
  }

  /** A column whose type PostgreSQL has still to be asked for. */
  Column computed(Identifier name) {
    return new Column(ids.next(), name, ColumnType.undetermined(), Nullability.NULLABLE);
  }

  /** A column like another one, under an id of its own. */
  Column like(Column column, Identifier name, Nullability nullability) {
    return new Column(ids.next(), name, column.type(), nullability);
  }

  Column scanned(Identifier name, Optional<ColumnType> type, Nullability nullability) {
    return new Column(ids.next(), name, type.orElseGet(ColumnType::undetermined), nullability);
  }

  /** Resolves the text of a query that sees nothing of what is around it. */
  Resolved text(String canonicalText) {
    viewDepth++;
    if (viewDepth > bounds.queryDepth()) {
      throw new UnresolvedException("views are nested too deep", 0);
    }
    Mentions before = mentions;
    mentions = Mentions.of(canonicalText);
    Query query = new CanonicalParser(bounds).parse(canonicalText);
    Resolved resolved = new Resolved(query, queries.query(query, new Scope(null)));
    mentions = before;
    viewDepth--;
    return resolved;
  }

  /** A query and its plan. */
  record Resolved(Query query, dev.pgtrickle.engine.algebra.Operator plan) {}
}
