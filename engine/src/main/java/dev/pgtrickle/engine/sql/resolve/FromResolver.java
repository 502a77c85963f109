package dev.pgtrickle.engine.sql.resolve;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.CommonTableScan;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.algebra.SystemColumn;
import dev.pgtrickle.engine.algebra.WholeRow;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.relations.ColumnFacts;
import dev.pgtrickle.engine.relations.Nullability;
import dev.pgtrickle.engine.relations.RelationFacts;
import dev.pgtrickle.engine.sql.tree.FromItem;
import dev.pgtrickle.engine.sql.tree.TableAlias;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What stands in FROM: tables, views, queries and functions. */
final class FromResolver {
  private final Context context;
  private final JoinResolver joins;
  private final FunctionResolver functions;

  FromResolver(Context context) {
    this.context = context;
    this.joins = new JoinResolver(context, this);
    this.functions = new FunctionResolver(context);
  }

  /** An operator, and the names under which the query knows its columns. */
  record Source(Operator operator, List<FromEntry> entries, List<FromEntry.NamedColumn> merged) {
    static Source of(Operator operator, FromEntry entry) {
      return new Source(operator, List.of(entry), List.of());
    }
  }

  /** Resolves an item and makes it known to the scope, for those that come after it. */
  Source item(FromItem item, Scope scope) {
    Source source =
        switch (item) {
          case FromItem.Table table -> table(table, scope);
          case FromItem.Derived derived -> derived(derived, scope);
          case FromItem.Function function -> functions.function(function, scope);
          case FromItem.Joined joined -> joins.join(joined, scope);
        };
    if (!(item instanceof FromItem.Joined)) {
      source.entries().forEach(scope::add);
    }
    return source;
  }

  private Source derived(FromItem.Derived derived, Scope scope) {
    Scope visible =
        derived.laterality() == FromItem.Laterality.LATERAL
            ? new Scope(scope)
            : new Scope(scope.withoutEntries());
    Operator plan = context.queries().query(derived.query(), visible);
    return aliased(plan, derived.alias(), Optional.empty(), "");
  }

  private Source table(FromItem.Table table, Scope scope) {
    if (table.path().size() == 1) {
      Optional<CommonTableEntry> common = scope.commonTable(table.path().getFirst());
      if (common.isPresent()) {
        return commonTable(common.get(), table);
      }
    }
    SourceRelation relation =
        context
            .names()
            .relation(table.path())
            .orElseThrow(() ->
                new UnresolvedException(
                    "relation " + table.path() + " is unknown", table.offset()));
    Optional<Identifier> name = Optional.of(relation.facts().name().name());
    String rowType = relation.facts().name().quoted();
    return switch (relation) {
      case SourceRelation.Table(RelationFacts facts) ->
          aliased(scan(facts, table, scope), table.alias(), name, rowType, facts);
      case SourceRelation.StreamTable(RelationFacts facts, RelationFacts storage) ->
          view(stored(facts, storage), facts, table);
      case SourceRelation.View(RelationFacts facts, String text) ->
          view(context.text(text).plan(), facts, table);
    };
  }

  /** What stands for a view, under the names that the query knows. */
  private Source view(Operator plan, RelationFacts facts, FromItem.Table table) {
    List<Identifier> columns = facts.columns().stream().map(ColumnFacts::name).toList();
    List<Identifier> renamed = table.alias().map(TableAlias::columns).orElse(List.of());
    List<Identifier> names =
        Stream.concat(renamed.stream(), columns.stream().skip(renamed.size())).toList();
    Identifier alias = table.alias().map(TableAlias::name).orElse(facts.name().name());
    return entry(plan, alias, names, columns, facts.name().quoted());
  }

  private Source commonTable(CommonTableEntry entry, FromItem.Table table) {
    List<Column> known = entry.columns();
    if (known == null) {
      throw new UnresolvedException("WITH table " + entry.name() + " is unknown", table.offset());
    }
    entry.readByItself();
    List<Column> columns =
        known.stream()
            .map(column -> context.like(column, column.name(), column.nullability()))
            .toList();
    return aliased(
        new CommonTableScan(entry.id(), columns), table.alias(), Optional.of(entry.name()), "");
  }

  private Scan scan(RelationFacts facts, FromItem.Table table, Scope scope) {
    List<Scan.ScannedColumn> columns = new ArrayList<>(scanned(facts));
    for (SystemColumn system : context.mentions().systemColumns()) {
      columns.add(
          new Scan.ScannedColumn(
              context.scanned(system.column(), Optional.empty(), Nullability.NOT_NULL),
              system.number()));
    }
    Optional<Scalar> sample =
        table.sample().isEmpty()
            ? Optional.empty()
            : Optional.of(context.expressions().text(table.sample(), scope));
    return new Scan(
        facts,
        List.copyOf(columns),
        table.reach() == FromItem.Reach.ONLY ? Scan.Reach.ONLY : Scan.Reach.WITH_DESCENDANTS,
        sample,
        Optional.empty());
  }

  /** The columns that the view shows, in its order. */
  private Scan stored(RelationFacts view, RelationFacts storage) {
    List<ColumnFacts> shown = new ArrayList<>();
    for (ColumnFacts column : view.columns()) {
      storage.columns().stream()
          .filter(stored -> stored.name().equals(column.name()))
          .forEach(shown::add);
    }
    return new Scan(storage, scanned(shown), Optional.of(view.name()));
  }

  private List<Scan.ScannedColumn> scanned(RelationFacts facts) {
    return scanned(facts.columns());
  }

  private List<Scan.ScannedColumn> scanned(List<ColumnFacts> columns) {
    return columns.stream()
        .map(column ->
            new Scan.ScannedColumn(
                context.scanned(column.name(), Optional.of(column.type()), column.nullability()),
                column.attributeNumber()))
        .toList();
  }

  /** The item under its alias; its row has the fields that the query sees. */
  Source aliased(
      Operator operator, Optional<TableAlias> alias, Optional<Identifier> name, String rowType) {
    List<Identifier> names =
        FromEntry.named(operator.columns(), alias.map(TableAlias::columns).orElse(List.of()))
            .stream()
            .map(FromEntry.NamedColumn::name)
            .toList();
    Optional<Identifier> known = alias.map(TableAlias::name).or(() -> name);
    return known
        .map(given -> entry(operator, given, names, names, rowType))
        .orElseGet(() ->
            Source.of(
                operator,
                new FromEntry(
                    Optional.empty(),
                    FromEntry.named(operator.columns(), names),
                    Optional.empty())));
  }

  /** A table's row has the fields of its type, whatever the query calls them. */
  private Source aliased(
      Operator operator,
      Optional<TableAlias> alias,
      Optional<Identifier> name,
      String rowType,
      RelationFacts facts) {
    List<Identifier> fields = facts.columns().stream().map(ColumnFacts::name).toList();
    List<Identifier> renamed = alias.map(TableAlias::columns).orElse(List.of());
    List<Identifier> names =
        FromEntry.named(operator.columns(), renamed).stream()
            .map(FromEntry.NamedColumn::name)
            .toList();
    Identifier known = alias.map(TableAlias::name).or(() -> name).orElseThrow();
    boolean plain = operator.columns().size() == fields.size();
    return plain
        ? entry(operator, known, names, fields, rowType)
        : Source.of(
            operator,
            new FromEntry(
                Optional.of(known), FromEntry.named(operator.columns(), names), Optional.empty()));
  }

  private Source entry(
      Operator operator,
      Identifier alias,
      List<Identifier> names,
      List<Identifier> fields,
      String rowType) {
    List<FromEntry.NamedColumn> named = FromEntry.named(operator.columns(), names);
    if (!context.mentions().wholeRows().contains(alias)) {
      return Source.of(operator, new FromEntry(Optional.of(alias), named, Optional.empty()));
    }
    Column row = context.computed(Identifier.of("row"));
    Operator withRow = new WholeRow(operator, fields, rowType, row);
    Optional<ColumnId> wholeRow = Optional.of(row.id());
    return Source.of(withRow, new FromEntry(Optional.of(alias), named, wholeRow));
  }
}
