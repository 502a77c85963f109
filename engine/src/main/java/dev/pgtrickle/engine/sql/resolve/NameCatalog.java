package dev.pgtrickle.engine.sql.resolve;

import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;
import java.util.Optional;

/** Knows what the names of a canonical text stand for. */
public interface NameCatalog {

  /**
   * A relation by its name.
   *
   * @param path without a schema for those of pg_catalog
   */
  Optional<SourceRelation> relation(List<Identifier> path);

  /**
   * A function by its name.
   *
   * @param path without a schema for those of pg_catalog
   */
  FunctionTraits function(List<Identifier> path, int arguments);
}
