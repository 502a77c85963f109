package dev.pgtrickle.engine.algebra.property;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.CommonTableId;
import dev.pgtrickle.engine.algebra.CommonTableScan;
import dev.pgtrickle.engine.algebra.ConstantRow;
import dev.pgtrickle.engine.algebra.Distinct;
import dev.pgtrickle.engine.algebra.DistinctOn;
import dev.pgtrickle.engine.algebra.Duplicates;
import dev.pgtrickle.engine.algebra.Filter;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.FreeColumns;
import dev.pgtrickle.engine.algebra.FunctionScan;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.Grouping;
import dev.pgtrickle.engine.algebra.Join;
import dev.pgtrickle.engine.algebra.NullAwareAntiJoin;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.ProjectSet;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.algebra.SemiJoin;
import dev.pgtrickle.engine.algebra.SetOperation;
import dev.pgtrickle.engine.algebra.TemporalFilter;
import dev.pgtrickle.engine.algebra.TopRows;
import dev.pgtrickle.engine.algebra.Values;
import dev.pgtrickle.engine.algebra.WholeRow;
import dev.pgtrickle.engine.algebra.Window;
import dev.pgtrickle.engine.algebra.With;
import dev.pgtrickle.engine.algebra.property.FunctionalDependencies.Dependency;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Derives the unique keys of a plan. Never claims a key that is none; NULL counts as a value, so a
 * key of a group may hold NULL.
 */
public final class CandidateKeys {
  private final Map<CommonTableId, With.CommonTable> tables = new HashMap<>();
  private final SourceKeys sources = new SourceKeys();
  private final JoinKeys joins = new JoinKeys();
  private final List<Column> outside;

  private CandidateKeys(List<Column> outside) {
    this.outside = List.copyOf(outside);
  }

  public static Uniqueness of(Operator plan) {
    return new CandidateKeys(List.of()).derive(plan);
  }

  /**
   * Whether a query gives at most one row wherever the columns around it have one value each.
   *
   * @param outside the columns of one row that it may refer to
   */
  public static boolean atMostOneRow(Operator query, List<Column> outside) {
    return new CandidateKeys(outside).derive(query).keys().contains(Set.of());
  }

  private Uniqueness derive(Operator operator) {
    return switch (operator) {
      case Scan scan -> sources.scan(scan);
      case ConstantRow _ -> atMostOne(operator);
      case Values values -> values.rows().size() == 1 ? atMostOne(operator) : Uniqueness.nothing();
      case FunctionScan function -> sources.function(function);
      case ProjectSet _ -> Uniqueness.nothing();
      case CommonTableScan scan -> commonTable(scan);
      case Filter filter -> filter(filter);
      case TemporalFilter filter -> derive(filter.input());
      case Project project -> project(project.computed(), derive(project.input()));
      case WholeRow row -> derive(row.input()).determining(ids(row));
      case Window window -> derive(window.input()).determining(ids(window));
      case Join join ->
          joins.isTooWide(join)
              ? Uniqueness.nothing()
              : joins.join(join, derive(join.left()), beside(join));
      case SemiJoin join -> derive(join.left());
      case NullAwareAntiJoin join -> derive(join.left());
      case Aggregate aggregate ->
          aggregate.grouping() == Grouping.WHOLE_INPUT
              ? atMostOne(aggregate)
              : keyed(
                  aggregate.keys().stream().map(Column::id).collect(Collectors.toSet()),
                  FunctionalDependencies.none(),
                  aggregate);
      case GroupBy group -> groupBy(group);
      case Distinct distinct -> withKey(derive(distinct.input()), ids(distinct), distinct);
      case DistinctOn distinct -> distinctOn(distinct);
      case TopRows rows ->
          rows.ties() == TopRows.Ties.CUT && one(rows) ? atMostOne(rows) : derive(rows.input());
      case SetOperation operation -> setOperation(operation);
      case With with -> {
        with.tables().forEach(table -> tables.put(table.id(), table));
        yield derive(with.body());
      }
    };
  }

  private static Set<ColumnId> ids(Operator operator) {
    Set<ColumnId> ids = new LinkedHashSet<>();
    operator.columns().forEach(column -> ids.add(column.id()));
    return ids;
  }

  private static Uniqueness atMostOne(Operator operator) {
    return keyed(Set.of(), FunctionalDependencies.none(), operator);
  }

  private static Uniqueness keyed(
      Set<ColumnId> key, FunctionalDependencies dependencies, Operator operator) {
    return Uniqueness.of(List.of(key), dependencies).determining(ids(operator));
  }

  private static Uniqueness withKey(Uniqueness input, Set<ColumnId> key, Operator operator) {
    List<Set<ColumnId>> keys = new ArrayList<>(input.keys());
    keys.add(key);
    return Uniqueness.of(keys, input.dependencies()).determining(ids(operator));
  }

  /** The right side of a join, for one row of the left side if it refers to that. */
  private Uniqueness beside(Join join) {
    if (FreeColumns.of(join.right()).isEmpty()) {
      return derive(join.right());
    }
    List<Column> known = new ArrayList<>(outside);
    known.addAll(join.left().columns());
    CandidateKeys lateral = new CandidateKeys(known);
    lateral.tables.putAll(tables);
    return lateral.derive(join.right());
  }

  private Uniqueness filter(Filter filter) {
    Uniqueness input = derive(filter.input());
    List<Column> known = new ArrayList<>(filter.columns());
    known.addAll(outside);
    List<Dependency> equalities =
        new ArrayList<>(new EqualityDependencies(known).of(filter.predicate()));
    outside.forEach(column -> equalities.add(new Dependency(Set.of(), Set.of(column.id()))));
    return Uniqueness.of(input.keys(), input.dependencies().with(equalities));
  }

  private static Uniqueness project(List<Project.ComputedColumn> computed, Uniqueness input) {
    List<Dependency> copies = new ArrayList<>();
    Set<ColumnId> visible = new HashSet<>();
    for (Project.ComputedColumn column : computed) {
      ColumnId id = column.column().id();
      visible.add(id);
      column
          .scalar()
          .asColumn()
          .filter(source -> !source.equals(id))
          .ifPresent(source -> {
            copies.add(new Dependency(Set.of(source), Set.of(id)));
            copies.add(new Dependency(Set.of(id), Set.of(source)));
          });
      if (constant(column.scalar())) {
        copies.add(new Dependency(Set.of(), Set.of(id)));
      }
    }
    return Uniqueness.of(input.keys(), input.dependencies().with(copies)).restrictedTo(visible);
  }

  private static boolean constant(Scalar scalar) {
    Scalar bare = scalar.bare();
    return bare.form() == Form.CONSTANT
        || (bare.form() == Form.CAST && bare.operands().getFirst().bare().form() == Form.CONSTANT);
  }

  private Uniqueness groupBy(GroupBy group) {
    if (group.grouping().elements().isEmpty()) {
      return atMostOne(group);
    }
    if (!group.grouping().isPlain()) {
      return Uniqueness.nothing();
    }
    Uniqueness keys = project(group.keys(), derive(group.input()));
    return keyed(
        group.keys().stream()
            .map(key -> key.column().id())
            .collect(Collectors.toCollection(LinkedHashSet::new)),
        keys.dependencies(),
        group);
  }

  private Uniqueness distinctOn(DistinctOn distinct) {
    Uniqueness input = derive(distinct.input());
    Set<ColumnId> key = new LinkedHashSet<>();
    for (Scalar scalar : distinct.keys()) {
      if (scalar.asColumn().isEmpty()) {
        return input;
      }
      key.add(scalar.asColumn().get());
    }
    return withKey(input, key, distinct);
  }

  private static boolean one(TopRows rows) {
    return rows.count()
        .map(count -> count.bare().render(id -> ""))
        .filter(text -> text.equals("1") || text.equals("'1'::bigint"))
        .isPresent();
  }

  private Uniqueness setOperation(SetOperation operation) {
    Uniqueness mapped =
        switch (operation.kind()) {
          case UNION -> Uniqueness.nothing();
          case EXCEPT, INTERSECT ->
              renamed(operation.left().columns(), operation.columns(), derive(operation.left()));
        };
    return operation.duplicates() == Duplicates.REMOVED
        ? withKey(mapped, ids(operation), operation)
        : mapped;
  }

  private Uniqueness commonTable(CommonTableScan scan) {
    With.CommonTable table = tables.get(scan.table());
    if (table == null
        || table.recursion() == With.Recursion.RECURSIVE
        || table.plan().columns().size() != scan.columns().size()) {
      return Uniqueness.nothing();
    }
    return renamed(table.plan().columns(), scan.columns(), derive(table.plan()));
  }

  /** The same rows under other ids; only columns whose type did not change on the way count. */
  private static Uniqueness renamed(List<Column> from, List<Column> to, Uniqueness uniqueness) {
    List<Project.ComputedColumn> computed = new ArrayList<>();
    for (int index = 0; index < from.size(); index++) {
      boolean unchanged =
          from.get(index).type().equals(to.get(index).type())
              && !from.get(index).type().isUndetermined();
      if (unchanged) {
        computed.add(new Project.ComputedColumn(to.get(index), Scalar.of(from.get(index).id())));
      }
    }
    return project(computed, uniqueness);
  }
}
