package dev.pgtrickle.engine.relations;

import dev.pgtrickle.engine.postgres.QualifiedName;

/** A function, procedure or aggregate as pg_proc describes it. */
public record FunctionFacts(
    long oid, QualifiedName name, Kind kind, Volatility volatility, Result result) {

  /** pg_proc.prokind. */
  public enum Kind {
    FUNCTION,
    AGGREGATE,
    WINDOW,
    PROCEDURE
  }

  /** pg_proc.provolatile: what PostgreSQL was told, and we trust (P15). */
  public enum Volatility {
    IMMUTABLE,
    STABLE,
    VOLATILE
  }

  /** pg_proc.proretset. */
  public enum Result {
    ONE_VALUE,
    A_SET
  }

  /** Whether somebody may replace its body, so that P7 has to watch it. */
  public boolean builtIn() {
    return name.schema().name().equals("pg_catalog");
  }
}
