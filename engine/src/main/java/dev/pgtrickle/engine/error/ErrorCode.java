package dev.pgtrickle.engine.error;

/**
 * The stable vocabulary of everything that can go wrong. Names are API: they appear in status,
 * history, metrics, exit messages and docs/errors.md, and are never renamed.
 */
public enum ErrorCode {
  // What the user wrote
  INVALID_MANIFEST("InvalidManifest", Kind.USER),
  UNSUPPORTED("Unsupported", Kind.USER),
  PARSE_ERROR("ParseError", Kind.USER),
  QUERY_TOO_COMPLEX("QueryTooComplex", Kind.USER),
  VOLATILE_FUNCTION("VolatileFunction", Kind.USER),
  SOURCE_MISSING("SourceMissing", Kind.USER),
  CYCLE_DETECTED("CycleDetected", Kind.USER),
  TYPE_CHANGED("TypeChanged", Kind.USER),
  NOT_FOUND("NotFound", Kind.USER),
  OBJECT_EXISTS("ObjectExists", Kind.USER),
  CONFLICT("Conflict", Kind.USER),
  CHANGE_REJECTED("ChangeRejected", Kind.USER),
  REPAIR_LOOP("RepairLoop", Kind.USER),
  DEPENDANTS_EXIST("DependantsExist", Kind.USER),
  PERMISSION_DENIED("PermissionDenied", Kind.USER),
  PUBLICATION_FOR_ALL_TABLES("PublicationForAllTables", Kind.USER),
  // What the environment did
  DATABASE_UNAVAILABLE("DatabaseUnavailable", Kind.TRANSIENT),
  AUTHENTICATION_FAILED("AuthenticationFailed", Kind.USER),
  LOCK_TIMEOUT("LockTimeout", Kind.TRANSIENT),
  SERIALIZATION_CONFLICT("SerializationConflict", Kind.TRANSIENT),
  OBJECT_CHANGED("ObjectChanged", Kind.TRANSIENT),
  TIMEOUT("Timeout", Kind.TRANSIENT),
  RESOURCE_LIMIT("ResourceLimit", Kind.TRANSIENT),
  FENCED_OUT("FencedOut", Kind.USER),
  SCHEMA_TOO_NEW("SchemaTooNew", Kind.USER),
  // What the data did to a query that is valid
  QUERY_FAILED("QueryFailed", Kind.USER),
  // What must never happen
  NEGATIVE_MULTIPLICITY("NegativeMultiplicity", Kind.BUG),
  INTERNAL("Internal", Kind.BUG);

  /** Who has to act. */
  public enum Kind {
    /** The user (or an administrator) must change something; trying again is pointless. */
    USER,
    /** It passes by itself; try again with back-off. */
    TRANSIENT,
    /** A defect of ours: stop the table and say so. */
    BUG
  }

  private final String word;
  private final Kind kind;

  ErrorCode(String word, Kind kind) {
    this.word = word;
    this.kind = kind;
  }

  /** The CamelCase word that users see and match on. */
  public String word() {
    return word;
  }

  public Kind kind() {
    return kind;
  }
}
