package dev.pgtrickle.engine.sql.resolve;

import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.sql.parser.Bounds;
import dev.pgtrickle.engine.sql.parser.DeepStack;

/**
 * Gives the canonical text of a query its meaning. Views are replaced by their queries. Whatever it
 * is not sure of it refuses.
 */
public final class Resolver {
  private final NameCatalog names;
  private final Bounds bounds;

  public Resolver(NameCatalog names, Bounds bounds) {
    this.names = names;
    this.bounds = bounds;
  }

  /** The plan of a query; its columns are those of the query, in order. */
  public Operator resolve(String canonicalText) {
    return DeepStack.call(() -> new Context(names, bounds).text(canonicalText).plan());
  }
}
