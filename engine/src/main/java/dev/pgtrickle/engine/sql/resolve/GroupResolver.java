package dev.pgtrickle.engine.sql.resolve;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.ComparableQueries;
import dev.pgtrickle.engine.algebra.Duplicates;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.GroupingClause;
import dev.pgtrickle.engine.algebra.GroupingElement;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.PlanRewriter;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.relations.Nullability;
import dev.pgtrickle.engine.sql.tree.Expression;
import dev.pgtrickle.engine.sql.tree.GroupClause;
import dev.pgtrickle.engine.sql.tree.Phrase;
import dev.pgtrickle.engine.sql.tree.Quantifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The groups of one SELECT: what stands above them refers to keys and aggregates only. */
final class GroupResolver {
  private final Context context;
  private final Scope scope;
  private final Operator input;
  private final Map<Scalar, Project.ComputedColumn> keys = new LinkedHashMap<>();
  private final List<GroupingElement> elements = new ArrayList<>();
  private final Map<ColumnId, Column> inputColumns = new HashMap<>();
  private final Nullability keyNullability;
  private final Duplicates duplicates;
  private boolean keysAskQueries;

  GroupResolver(Context context, Scope scope, Operator input, Optional<GroupClause> clause) {
    this.context = context;
    this.scope = scope;
    this.input = input;
    input.columns().forEach(column -> inputColumns.put(column.id(), column));
    List<GroupClause.Element> given = clause.map(GroupClause::elements).orElse(List.of());
    boolean plain = given.stream().allMatch(GroupClause.Element.Key.class::isInstance);
    this.keyNullability = plain ? Nullability.NOT_NULL : Nullability.NULLABLE;
    this.duplicates =
        clause.map(GroupClause::quantifier).orElse(Quantifier.ALL) == Quantifier.DISTINCT
            ? Duplicates.REMOVED
            : Duplicates.KEPT;
    given.forEach(element -> elements.add(element(element)));
  }

  /** An expression above the groups. */
  Scalar above(Scalar scalar) {
    Scalar replaced = replace(scalar);
    for (ColumnId left : replaced.references()) {
      Column column = inputColumns.get(left);
      if (column != null) {
        elements.add(new GroupingElement.Key(key(Scalar.of(left))));
        requireDetermined(column);
      }
    }
    return replace(replaced);
  }

  /**
   * What is not among the keys is one of them from now on: only what they determine splits no
   * group. PostgreSQL has proven that; a key that was not recognised must not make others.
   */
  private void requireDetermined(Column left) {
    Set<ColumnId> given =
        keys.values().stream()
            .flatMap(key -> key.scalar().asColumn().stream())
            .filter(column -> !column.equals(left.id()))
            .collect(Collectors.toSet());
    if (!DeterminedColumns.by(given, input).contains(left.id())) {
      throw new UnresolvedException(
          "column " + left.name() + " above groups whose keys do not determine it", 0);
    }
  }

  /** To be called last. */
  GroupBy groups(List<GroupBy.Call> calls) {
    return new GroupBy(
        input,
        new GroupingClause(duplicates, List.copyOf(elements)),
        List.copyOf(keys.values()),
        List.copyOf(calls));
  }

  private Scalar replace(Scalar scalar) {
    return new PlanRewriter(this::keyOf).scalar(scalar);
  }

  private Optional<Scalar> keyOf(Scalar scalar) {
    return Optional.ofNullable(keys.get(comparable(scalar)))
        .map(key -> Scalar.of(key.column().id()));
  }

  /** Every part of every expression comes by here: without queries in the keys it is as it is. */
  private Scalar comparable(Scalar scalar) {
    return keysAskQueries ? ComparableQueries.in(scalar) : scalar;
  }

  private GroupingElement element(GroupClause.Element element) {
    return switch (element) {
      case GroupClause.Element.Key key -> {
        Expression expression = key.expression();
        yield expression instanceof Phrase phrase
                && phrase.form() == Form.ROW
                && phrase.operator().isEmpty()
            ? list(phrase.operands())
            : new GroupingElement.Key(key(expression));
      }
      case GroupClause.Element.KeyList list -> list(list.keys());
      case GroupClause.Element.Sets sets ->
          new GroupingElement.Sets(
              switch (sets.kind()) {
                case GROUPING_SETS -> GroupingElement.Kind.GROUPING_SETS;
                case ROLLUP -> GroupingElement.Kind.ROLLUP;
                case CUBE -> GroupingElement.Kind.CUBE;
              },
              sets.elements().stream().map(this::element).toList());
    };
  }

  private GroupingElement list(List<Expression> expressions) {
    return new GroupingElement.KeyList(
        expressions.stream().map(this::key).collect(Collectors.toList()));
  }

  private int key(Expression expression) {
    return key(context.expressions().scalar(expression, scope));
  }

  private int key(Scalar scalar) {
    Scalar bare = scalar.bare();
    keysAskQueries = keysAskQueries || bare.hasQuery();
    Scalar known = comparable(bare);
    if (!keys.containsKey(known)) {
      Optional<Column> plain = bare.asColumn().map(inputColumns::get);
      Column column =
          plain
              .map(source -> context.like(source, source.name(), weaker(source.nullability())))
              .orElseGet(() -> context.computed(Identifier.of("key")));
      keys.put(known, new Project.ComputedColumn(column, bare));
    }
    return List.copyOf(keys.keySet()).indexOf(known);
  }

  private Nullability weaker(Nullability own) {
    return keyNullability == Nullability.NULLABLE ? Nullability.NULLABLE : own;
  }
}
