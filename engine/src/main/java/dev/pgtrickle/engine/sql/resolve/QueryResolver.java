package dev.pgtrickle.engine.sql.resolve;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Duplicates;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SetOperation;
import dev.pgtrickle.engine.algebra.SortKey;
import dev.pgtrickle.engine.algebra.TopRows;
import dev.pgtrickle.engine.algebra.Values;
import dev.pgtrickle.engine.algebra.With;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.relations.Nullability;
import dev.pgtrickle.engine.sql.tree.ColumnName;
import dev.pgtrickle.engine.sql.tree.Constant;
import dev.pgtrickle.engine.sql.tree.Expression;
import dev.pgtrickle.engine.sql.tree.Quantifier;
import dev.pgtrickle.engine.sql.tree.Query;
import dev.pgtrickle.engine.sql.tree.QueryBody;
import dev.pgtrickle.engine.sql.tree.RowLimit;
import dev.pgtrickle.engine.sql.tree.Select;
import dev.pgtrickle.engine.sql.tree.SortItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Queries: WITH, set operations, order and limit. */
final class QueryResolver {
  private final Context context;
  private final CommonTableResolver commonTables;

  QueryResolver(Context context) {
    this.context = context;
    this.commonTables = new CommonTableResolver(context);
  }

  /**
   * The plan of a query.
   *
   * @param scope a new one, in which common tables are defined
   */
  Operator query(Query query, Scope scope) {
    List<With.CommonTable> tables = commonTables.define(query.commonTables(), scope);
    Operator plan = withoutCommonTables(query, scope, Optional.empty());
    return tables.isEmpty() ? plan : new With(tables, plan);
  }

  /** The plan of a recursive common table's query, which may read the table itself. */
  Operator recursive(Query query, Scope scope, CommonTableEntry table) {
    List<With.CommonTable> tables = commonTables.define(query.commonTables(), scope);
    Operator plan = withoutCommonTables(query, scope, Optional.of(table));
    return tables.isEmpty() ? plan : new With(tables, plan);
  }

  private Operator withoutCommonTables(
      Query query, Scope scope, Optional<CommonTableEntry> recursive) {
    if (query.body() instanceof Select select) {
      return context.selects().select(select, query, scope);
    }
    Operator body = body(query.body(), scope, recursive);
    if (query.order().isEmpty() && query.limit().isNone() && query.lock().isEmpty()) {
      return body;
    }
    List<SortKey> order =
        query.order().stream().map(item -> outputKey(item, body.columns())).toList();
    return limited(body, order, query, scope);
  }

  /** Puts an order and a limit on top. */
  TopRows limited(Operator input, List<SortKey> order, Query query, Scope scope) {
    Scope outside = new Scope(scope.outer());
    return new TopRows(
        input,
        order,
        query.limit().offset().map(offset -> context.expressions().scalar(offset, outside)),
        query.limit().count().map(count -> context.expressions().scalar(count, outside)),
        query.limit().ties() == RowLimit.Ties.KEPT ? TopRows.Ties.KEPT : TopRows.Ties.CUT,
        query.lock());
  }

  /** Set operations are sorted by the number or the name of an output column. */
  private static SortKey outputKey(SortItem item, List<Column> columns) {
    Expression expression = item.expression();
    Optional<Column> column = Optional.empty();
    if (expression instanceof Constant constant && constant.text().matches("[0-9]{1,4}")) {
      column = Optional.of(columns.get(Integer.parseInt(constant.text()) - 1));
    } else if (expression instanceof ColumnName name && name.path().size() == 1) {
      column =
          columns.stream()
              .filter(candidate -> candidate.name().equals(name.path().getFirst()))
              .findFirst();
    }
    return new SortKey(
        Scalar.of(
            column
                .orElseThrow(() ->
                    new UnresolvedException("an order that is no column", expression.offset()))
                .id()),
        item.direction());
  }

  private Operator body(QueryBody body, Scope scope, Optional<CommonTableEntry> recursive) {
    return switch (body) {
      case Select select -> {
        Query bare =
            new Query(
                new dev.pgtrickle.engine.sql.tree.CommonTables(
                    dev.pgtrickle.engine.sql.tree.CommonTables.Recursion.PLAIN, List.of()),
                select,
                List.of(),
                RowLimit.none(),
                "",
                select.offset());
        yield context.selects().select(select, bare, new Scope(scope));
      }
      case QueryBody.Parenthesised parenthesised -> query(parenthesised.query(), new Scope(scope));
      case QueryBody.ValuesList values -> values(values, new Scope(scope));
      case QueryBody.SetOperation operation -> {
        Operator left = body(operation.left(), scope, Optional.empty());
        recursive.ifPresent(table -> table.define(left.columns()));
        Operator right = body(operation.right(), scope, Optional.empty());
        yield new SetOperation(
            switch (operation.kind()) {
              case UNION -> SetOperation.Kind.UNION;
              case INTERSECT -> SetOperation.Kind.INTERSECT;
              case EXCEPT -> SetOperation.Kind.EXCEPT;
            },
            operation.quantifier() == Quantifier.ALL ? Duplicates.KEPT : Duplicates.REMOVED,
            left,
            right,
            outputs(left.columns(), right.columns()));
      }
    };
  }

  private List<Column> outputs(List<Column> left, List<Column> right) {
    List<Column> columns = new ArrayList<>();
    for (int index = 0; index < left.size(); index++) {
      Column column = left.get(index);
      Column other = right.get(index);
      boolean notNull =
          column.nullability() == Nullability.NOT_NULL
              && other.nullability() == Nullability.NOT_NULL;
      columns.add(
          column.type().equals(other.type())
              ? context.like(
                  column, column.name(), notNull ? Nullability.NOT_NULL : Nullability.NULLABLE)
              : context.computed(column.name()));
    }
    return List.copyOf(columns);
  }

  private Operator values(QueryBody.ValuesList values, Scope scope) {
    List<Column> columns = new ArrayList<>();
    for (int number = 1; number <= values.rows().getFirst().size(); number++) {
      columns.add(context.computed(Identifier.of("column" + number)));
    }
    return new Values(
        List.copyOf(columns),
        values.rows().stream().map(row -> context.expressions().scalars(row, scope)).toList());
  }
}
