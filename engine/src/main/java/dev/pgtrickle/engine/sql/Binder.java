package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.ColumnIds;
import dev.pgtrickle.engine.algebra.Grouping;
import dev.pgtrickle.engine.relations.RelationFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Binds the names of a parsed query to the columns of its table. */
final class Binder {
  private final Refusals refusals;

  Binder(Refusals refusals) {
    this.refusals = refusals;
  }

  BoundQuery bind(ParsedQuery query, RelationFacts relation, ColumnIds ids) {
    Scope scope = new Scope(relation, query.source(), ids);
    List<List<BoundElement>> keys = query.keys().stream().map(key -> bind(key, scope)).toList();
    Optional<List<BoundElement>> where = query.where().map(condition -> bind(condition, scope));
    List<List<BoundElement>> items = new ArrayList<>();
    Optional<Grouping> grouping = grouping(query);
    KeySubstitution substitution = new KeySubstitution(keys);
    for (ParsedQuery.SelectItem item : query.items()) {
      List<BoundElement> bound = bind(item.expression(), scope);
      items.add(grouping.isEmpty() ? bound : overGroups(substitution.apply(bound), item));
    }
    return new BoundQuery(scope.scan(), where, grouping, keys, List.copyOf(items));
  }

  private static Optional<Grouping> grouping(ParsedQuery query) {
    if (!query.keys().isEmpty()) {
      return Optional.of(Grouping.BY_KEYS);
    }
    boolean aggregated = query.items().stream().anyMatch(item -> item.expression().hasAggregate());
    return aggregated ? Optional.of(Grouping.WHOLE_INPUT) : Optional.empty();
  }

  /**
   * What is left must be keys and aggregates: PostgreSQL also allows columns that a key decides.
   */
  private List<BoundElement> overGroups(List<BoundElement> elements, ParsedQuery.SelectItem item) {
    if (elements.stream().anyMatch(BoundElement.Column.class::isInstance)) {
      throw refusals.unsupported(
          "the expression "
              + item.expression().text()
              + " uses a column that is neither grouped nor aggregated",
          "add the column to GROUP BY");
    }
    return elements;
  }

  private List<BoundElement> bind(Expression expression, Scope scope) {
    return expression.elements().stream().map(element -> bind(element, scope)).toList();
  }

  private BoundElement bind(Element element, Scope scope) {
    return switch (element) {
      case Element.Text text -> new BoundElement.Word(text.token());
      case Element.ColumnReference reference ->
          new BoundElement.Column(
              reference.spaced().startsWith(" ") ? " " : "",
              scope
                  .resolve(reference)
                  .orElseThrow(() ->
                      refusals.unsupported(
                          "the reference " + reference.spaced().strip() + " is not understood",
                          "write the expression in another way, and report this")));
      case Element.AggregateReference call ->
          new BoundElement.Call(
              call.lead(), call.function(), call.argument().map(argument -> bind(argument, scope)));
    };
  }
}
