package dev.pgtrickle.engine.sql.resolve;

import dev.pgtrickle.engine.relations.RelationFacts;

/** What a name in FROM stands for. */
public sealed interface SourceRelation {

  RelationFacts facts();

  /** A relation whose rows are read as they are. */
  record Table(RelationFacts facts) implements SourceRelation {}

  /** The view of a stream table: its changes are logged, not captured. */
  record StreamTable(RelationFacts facts) implements SourceRelation {}

  /** A view, which is replaced by its own query. */
  record View(RelationFacts facts, String canonicalText) implements SourceRelation {}
}
