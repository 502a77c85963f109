package dev.pgtrickle.engine.plan;

/** What a {@code ?} of a generated statement stands for: a bound of one source's window (P1). */
public record WindowParameter(long relationOid, Bound bound) {

  /** Which bound of the stored frontier S. */
  public enum Bound {
    /** {@code pg_snapshot_xmin(S)}, bound as xid8 text: the prefilter. */
    OLDEST_TRANSACTION,
    /** {@code S}, bound as pg_snapshot text: the rule. */
    SNAPSHOT
  }
}
