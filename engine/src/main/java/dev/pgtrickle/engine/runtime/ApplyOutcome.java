package dev.pgtrickle.engine.runtime;

/** What {@link StreamTableEngine#apply} found to do. */
public enum ApplyOutcome {
  CREATED,
  RESUMED,
  UNCHANGED,
  CHANGED
}
