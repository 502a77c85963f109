package dev.pgtrickle.crds;

/** Reasons of the events that we emit; the words are stable. */
public enum EventReason {
  CREATED(Severity.NORMAL),
  REBUILT(Severity.NORMAL),
  DEFINITION_CHANGED(Severity.NORMAL),
  ADOPTED(Severity.NORMAL),
  OWNERSHIP_TRANSFERRED(Severity.NORMAL),
  RELEASED(Severity.NORMAL),
  DROPPED(Severity.NORMAL),
  SUSPENDED(Severity.NORMAL),
  RESUMED(Severity.NORMAL),
  REFRESH_REQUESTED(Severity.NORMAL),
  SCHEDULE_CHANGED(Severity.NORMAL),
  DRIFT_REPAIRED(Severity.NORMAL),
  SNAPSHOT_COMPLETED(Severity.NORMAL),
  RESTORE_COMPLETED(Severity.NORMAL),
  PRIMARY_CHANGED(Severity.NORMAL),
  REMEDY_APPLIED(Severity.NORMAL),
  INVALID_QUERY(Severity.WARNING),
  REFRESH_FAILED(Severity.WARNING),
  FELL_BACK_TO_FULL(Severity.WARNING),
  PREDICTED_SLA_BREACH(Severity.WARNING),
  DRIFT_DETECTED(Severity.WARNING),
  CONFLICT(Severity.WARNING),
  QUOTA_EXCEEDED(Severity.WARNING),
  LINEAGE_CHANGED(Severity.WARNING),
  SLOT_LOST(Severity.WARNING),
  SNAPSHOT_FAILED(Severity.WARNING),
  RESTORE_FAILED(Severity.WARNING),
  CLEANUP_SKIPPED(Severity.WARNING);

  private final Severity severity;

  EventReason(Severity severity) {
    this.severity = severity;
  }

  public Severity severity() {
    return severity;
  }

  /** As events show it: {@code FellBackToFull}. */
  public String word() {
    return Word.of(name());
  }

  /** The two types of events that Kubernetes has. */
  public enum Severity {
    NORMAL,
    WARNING;

    /** As events show it: {@code Warning}. */
    public String word() {
      return Word.of(name());
    }
  }
}
