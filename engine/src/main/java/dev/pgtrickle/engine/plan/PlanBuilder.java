package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.delta.GroupState;
import dev.pgtrickle.engine.delta.StateColumn;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.relations.CollationFacts;
import dev.pgtrickle.engine.relations.ColumnType;
import dev.pgtrickle.engine.relations.FunctionFacts;
import dev.pgtrickle.engine.relations.Nullability;
import dev.pgtrickle.engine.source.Extent;
import dev.pgtrickle.engine.source.SourceRequirement;
import dev.pgtrickle.engine.sql.AnalyzedQuery;
import dev.pgtrickle.engine.sql.Obstacle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides what is stored for a query and how its rows are found. */
final class PlanBuilder {
  private final OperatorClasses classes = new OperatorClasses();
  private final NoVolatileCall volatileCalls = new NoVolatileCall();
  private final NoComparisonOfImages comparisons = new NoComparisonOfImages();

  MaintenancePlan build(AnalyzedQuery query) {
    return switch (query.form()) {
      case AnalyzedQuery.Form.Differential differential -> differential(query, differential);
      case AnalyzedQuery.Form.Full full -> full(query, full);
    };
  }

  private MaintenancePlan differential(AnalyzedQuery query, AnalyzedQuery.Form.Differential form) {
    Project root = form.root();
    volatileCalls.check(query.unstable());
    comparisons.check(root);
    List<StorageColumn> columns = new ArrayList<>();
    StorageKey key;
    if (root.input() instanceof Aggregate aggregate) {
      AggregationLayout layout = new AggregationLayout(root, aggregate, GroupState::new);
      key = layout.key();
      addVisible(columns, root, key);
      addHidden(columns, layout, key);
    } else {
      key = new ProjectionKey().of(query.plan(), root);
      addVisible(columns, root, key);
      if (key instanceof StorageKey.Keyless) {
        columns.add(hidden(KeyHash.COLUMN, "bigint"));
      }
    }
    return plan(
        query,
        new Upkeep.Differential(root, form.comparison()),
        columns,
        key,
        kept(root),
        classes.differential(root));
  }

  private static Optional<KeptState> kept(Project root) {
    return KeptState.groupsOf(root)
        .map(groups -> {
          AggregationLayout layout = AggregationLayout.kept(groups, GroupState::new);
          List<StorageColumn> columns = new ArrayList<>();
          addHidden(columns, layout, layout.key());
          return new KeptState(columns, layout.key(), ValueOrder.of(root, layout));
        });
  }

  /**
   * Rows that are computed again need no key that somebody has proven: they are found by their
   * image, and a claim that is false can do no harm.
   */
  private MaintenancePlan full(AnalyzedQuery query, AnalyzedQuery.Form.Full form) {
    List<StorageColumn> columns = new ArrayList<>();
    query
        .outputs()
        .forEach(output ->
            columns.add(
                new StorageColumn(
                    output.name(),
                    output.type().text(),
                    collation(output.type()),
                    StorageColumn.Nullability.NULLABLE,
                    StorageColumn.Visibility.VISIBLE)));
    columns.add(hidden(KeyHash.COLUMN, "bigint"));
    Upkeep.Full upkeep =
        new Upkeep.Full(
            form.query(),
            query.outputs(),
            form.obstacles().stream().map(Obstacle::what).distinct().toList(),
            form.moving(),
            form.unrepeatable());
    return plan(
        query,
        upkeep,
        columns,
        new StorageKey.Keyless(KeyHash.COLUMN),
        Optional.empty(),
        classes.full(query.capabilities()));
  }

  private static MaintenancePlan plan(
      AnalyzedQuery query,
      Upkeep upkeep,
      List<StorageColumn> columns,
      StorageKey key,
      Optional<KeptState> kept,
      List<OperatorClass> operators) {
    return new MaintenancePlan(
        query.canonicalText(),
        upkeep,
        List.copyOf(columns),
        key,
        kept,
        query.sources().stream()
            .map(source ->
                new SourceRequirement(
                    source.relation().oid(),
                    source.relation().name(),
                    source.relation().hasDescendants() ? Extent.WITH_DESCENDANTS : Extent.ITSELF,
                    source.columns(),
                    source.streamTable()))
            .toList(),
        query.views(),
        query.functions().stream()
            .filter(function -> !function.builtIn())
            .map(FunctionFacts::oid)
            .toList(),
        List.copyOf(query.types()),
        operators);
  }

  private static void addVisible(List<StorageColumn> columns, Project root, StorageKey key) {
    List<Identifier> keyColumns =
        key instanceof StorageKey.NotNullKey notNull ? notNull.columns() : List.of();
    for (Column column : root.columns()) {
      columns.add(
          new StorageColumn(
              column.name(),
              column.type().text(),
              collation(column.type()),
              keyColumns.contains(column.name())
                  ? StorageColumn.Nullability.NOT_NULL
                  : StorageColumn.Nullability.NULLABLE,
              StorageColumn.Visibility.VISIBLE));
    }
  }

  private static void addHidden(
      List<StorageColumn> columns, AggregationLayout layout, StorageKey key) {
    for (int index : layout.hiddenKeys()) {
      Column column = layout.aggregate().keys().get(index);
      columns.add(
          new StorageColumn(
              layout.keyColumns().get(index),
              column.type().text(),
              collation(column.type()),
              column.nullability() == Nullability.NOT_NULL
                  ? StorageColumn.Nullability.NOT_NULL
                  : StorageColumn.Nullability.NULLABLE,
              StorageColumn.Visibility.HIDDEN));
    }
    if (key instanceof StorageKey.NullableKey nullable) {
      columns.add(hidden(nullable.hashColumn(), "bigint"));
    }
    for (StateColumn state : layout.state().columns()) {
      columns.add(stored(state));
    }
  }

  private static StorageColumn stored(StateColumn state) {
    return switch (state) {
      case StateColumn.Sum _, StateColumn.Bits _ -> hidden(state.name(), state.type());
      case StateColumn.Extremum extremum ->
          new StorageColumn(
              extremum.name(),
              extremum.type(),
              collation(extremum.argument().type()),
              StorageColumn.Nullability.NULLABLE,
              StorageColumn.Visibility.HIDDEN);
    };
  }

  private static StorageColumn hidden(Identifier name, String type) {
    return new StorageColumn(
        name, type, "", StorageColumn.Nullability.NOT_NULL, StorageColumn.Visibility.HIDDEN);
  }

  /** The default collation is left out, but for domains, whose own one would come in its place. */
  private static String collation(ColumnType type) {
    return type.collation()
        .map(CollationFacts::name)
        .filter(name -> type.isDomain() || !name.toString().equals("pg_catalog.default"))
        .map(name -> name.quoted())
        .orElse("");
  }
}
