package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.ColumnIds;
import dev.pgtrickle.engine.algebra.NameAllocator;
import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.relations.ColumnFacts;
import dev.pgtrickle.engine.relations.RelationFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The names that a query can use for the columns of its table, and the ids of those it uses. */
final class Scope {
  private final RelationFacts relation;
  private final Identifier qualifier;
  private final Map<Identifier, ColumnFacts> visible = new HashMap<>();
  private final Map<Integer, ColumnId> used = new TreeMap<>();
  private final ColumnIds ids;

  Scope(RelationFacts relation, ParsedQuery.SourceTable source, ColumnIds ids) {
    this.relation = relation;
    this.qualifier = source.qualifier();
    this.ids = ids;
    List<Identifier> aliases = source.columnAliases();
    for (int index = 0; index < relation.columns().size(); index++) {
      ColumnFacts column = relation.columns().get(index);
      visible.put(index < aliases.size() ? aliases.get(index) : column.name(), column);
    }
  }

  /** The column of a reference; empty where there is none of that name. */
  Optional<ColumnId> resolve(Element.ColumnReference reference) {
    if (reference.qualifier().isPresent() && !reference.qualifier().get().equals(qualifier)) {
      return Optional.empty();
    }
    return Optional.ofNullable(visible.get(reference.name()))
        .map(column -> used.computeIfAbsent(column.attributeNumber(), number -> ids.next()));
  }

  /** The scan of the columns that were resolved so far. */
  Scan scan() {
    NameAllocator names = new NameAllocator();
    List<Scan.ScannedColumn> columns = new ArrayList<>();
    used.forEach((number, id) -> {
      ColumnFacts facts = relation.column(number).orElseThrow();
      columns.add(
          new Scan.ScannedColumn(
              new Column(
                  id, names.allocate(facts.name().name()), facts.type(), facts.nullability()),
              number));
    });
    return new Scan(relation, List.copyOf(columns));
  }
}
