package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.CommonTableScan;
import dev.pgtrickle.engine.algebra.ConstantRow;
import dev.pgtrickle.engine.algebra.Distinct;
import dev.pgtrickle.engine.algebra.DistinctOn;
import dev.pgtrickle.engine.algebra.Filter;
import dev.pgtrickle.engine.algebra.FunctionScan;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.Join;
import dev.pgtrickle.engine.algebra.NullAwareAntiJoin;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.ProjectSet;
import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.algebra.SemiJoin;
import dev.pgtrickle.engine.algebra.SetOperation;
import dev.pgtrickle.engine.algebra.StreamTableScan;
import dev.pgtrickle.engine.algebra.TemporalFilter;
import dev.pgtrickle.engine.algebra.TopRows;
import dev.pgtrickle.engine.algebra.UniqueKeys;
import dev.pgtrickle.engine.algebra.Values;
import dev.pgtrickle.engine.algebra.WholeRow;
import dev.pgtrickle.engine.algebra.Window;
import dev.pgtrickle.engine.algebra.With;
import dev.pgtrickle.engine.delta.GroupState;
import dev.pgtrickle.engine.delta.NoRuleYet;
import dev.pgtrickle.engine.delta.StateColumn;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.relations.CollationFacts;
import dev.pgtrickle.engine.relations.ColumnType;
import dev.pgtrickle.engine.relations.FunctionFacts;
import dev.pgtrickle.engine.relations.Nullability;
import dev.pgtrickle.engine.source.SourceRequirement;
import dev.pgtrickle.engine.sql.AnalyzedQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Decides what is stored for a query and how its rows are found. */
final class PlanBuilder {
  private final NoVolatileCall volatileCalls = new NoVolatileCall();

  MaintenancePlan build(AnalyzedQuery query) {
    volatileCalls.check(query.functions());
    Project root = query.root();
    Scan scan = scan(root);
    List<StorageColumn> columns = new ArrayList<>();
    StorageKey key;
    if (root.input() instanceof Aggregate aggregate) {
      AggregationLayout layout = new AggregationLayout(root, aggregate, GroupState::new);
      key = layout.key();
      addVisible(columns, root, key);
      addHidden(columns, layout, key);
    } else {
      key = projectionKey(root);
      addVisible(columns, root, key);
      if (key instanceof StorageKey.Keyless) {
        columns.add(hidden(KeyHash.COLUMN, "bigint"));
      }
    }
    return new MaintenancePlan(
        query.canonicalText(),
        root,
        List.copyOf(columns),
        key,
        List.of(requirement(scan)),
        query.functions().stream()
            .filter(function -> !function.builtIn())
            .map(FunctionFacts::oid)
            .toList(),
        List.copyOf(definitions(scan, root)),
        operators(root));
  }

  private static StorageKey projectionKey(Project root) {
    Optional<Set<ColumnId>> key = new UniqueKeys().of(root).stream().findFirst();
    if (key.isEmpty()) {
      return new StorageKey.Keyless(KeyHash.COLUMN);
    }
    List<Identifier> columns =
        key.get().stream()
            .map(id ->
                root.columns().stream()
                    .filter(column -> column.id().equals(id))
                    .map(Column::name)
                    .findFirst()
                    .orElseThrow())
            .toList();
    return new StorageKey.NotNullKey(columns);
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
      columns.add(hidden(state.name(), state.type()));
    }
  }

  private static StorageColumn hidden(Identifier name, String type) {
    return new StorageColumn(
        name, type, "", StorageColumn.Nullability.NOT_NULL, StorageColumn.Visibility.HIDDEN);
  }

  /** The default collation is left out, but for domains, whose own one would come in its place. */
  private static String collation(ColumnType type) {
    boolean domain = type.facts().oid() != type.facts().baseOid();
    return type.collation()
        .map(CollationFacts::name)
        .filter(name -> domain || !name.toString().equals("pg_catalog.default"))
        .map(name -> name.quoted())
        .orElse("");
  }

  private static SourceRequirement requirement(Scan scan) {
    return new SourceRequirement(
        scan.relation().oid(),
        scan.relation().name(),
        scan.scanned().stream()
            .map(Scan.ScannedColumn::attributeNumber)
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static Set<Long> definitions(Scan scan, Project root) {
    Set<Long> types = new TreeSet<>();
    scan.columns().forEach(column -> types.addAll(column.type().facts().definitions()));
    root.columns().forEach(column -> types.addAll(column.type().facts().definitions()));
    return types;
  }

  private static Scan scan(Operator operator) {
    return operator instanceof Scan scan ? scan : scan(operator.inputs().getFirst());
  }

  private static List<OperatorClass> operators(Operator operator) {
    List<OperatorClass> classes = new ArrayList<>();
    operator.inputs().forEach(input -> classes.addAll(operators(input)));
    classes.add(
        switch (operator) {
          case Scan scan ->
              new OperatorClass(
                  "scan " + scan.relation().name(),
                  PlanClass.LINEAR,
                  "reads captured changes only");
          case Filter _ ->
              new OperatorClass("filter", PlanClass.LINEAR, "each changed row by itself");
          case Project _ ->
              new OperatorClass("project", PlanClass.LINEAR, "each changed row by itself");
          case Aggregate _ ->
              new OperatorClass(
                  "aggregate", PlanClass.ALGEBRAIC, "counts and sums follow signed rows exactly");
          case TemporalFilter _,
              StreamTableScan _,
              ConstantRow _,
              Values _,
              FunctionScan _,
              CommonTableScan _,
              ProjectSet _,
              WholeRow _,
              Join _,
              SemiJoin _,
              NullAwareAntiJoin _,
              GroupBy _,
              Window _,
              Distinct _,
              DistinctOn _,
              TopRows _,
              SetOperation _,
              With _ ->
              throw NoRuleYet.of(operator);
        });
    return List.copyOf(classes);
  }
}
