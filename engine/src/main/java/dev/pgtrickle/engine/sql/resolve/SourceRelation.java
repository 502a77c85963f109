package dev.pgtrickle.engine.sql.resolve;

import dev.pgtrickle.engine.relations.RelationFacts;

/** What a name in FROM stands for. */
public sealed interface SourceRelation {

  RelationFacts facts();

  /** A relation whose rows are read as they are. */
  record Table(RelationFacts facts) implements SourceRelation {}

  /**
   * The view of a stream table, which is read where its rows are stored.
   *
   * @param storage has the view's columns under their names, and hidden ones
   */
  record StreamTable(RelationFacts facts, RelationFacts storage) implements SourceRelation {}

  /** A view, which is replaced by its own query. */
  record View(RelationFacts facts, String canonicalText) implements SourceRelation {}
}
