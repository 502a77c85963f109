package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.sql.resolve.FunctionTraits;
import dev.pgtrickle.engine.sql.resolve.NameCatalog;
import dev.pgtrickle.engine.sql.resolve.SourceRelation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lets only relations through whose changes can be captured, and remembers what stands for others.
 */
final class CheckedNames implements NameCatalog {
  private final NameCatalog names;
  private final SourceChecks sources;
  private final Set<Long> views = new TreeSet<>();
  private final Set<Long> streamTables = new TreeSet<>();

  CheckedNames(NameCatalog names, SourceChecks sources) {
    this.names = names;
    this.sources = sources;
  }

  @Override
  public Optional<SourceRelation> relation(List<Identifier> path) {
    Optional<SourceRelation> found = names.relation(path);
    found.ifPresent(this::check);
    return found;
  }

  private void check(SourceRelation relation) {
    switch (relation) {
      case SourceRelation.Table table -> sources.check(table.facts());
      case SourceRelation.StreamTable table -> streamTables.add(table.storage().oid());
      case SourceRelation.View view -> {
        sources.checkSchema(view.facts());
        views.add(view.facts().oid());
      }
    }
  }

  @Override
  public FunctionTraits function(List<Identifier> path, int arguments) {
    return names.function(path, arguments);
  }

  /** The oids of the views that were asked for. */
  Set<Long> views() {
    return views;
  }

  /** Whether PostgreSQL knows the columns that the query itself reads. */
  boolean seesThrough() {
    return !views.isEmpty() || !streamTables.isEmpty();
  }
}
