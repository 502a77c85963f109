package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.relations.FunctionFacts;
import dev.pgtrickle.engine.sql.stability.Stability;

/** A function that a query calls, perhaps behind an operator or a cast. */
public record UsedFunction(FunctionFacts facts, Stability stability) {

  /** As a message calls it: those of PostgreSQL without their schema. */
  String name() {
    return facts.builtIn() ? facts.name().name().name() : facts.name().toString();
  }
}
