package dev.pgtrickle.crds.schema;

/** The form of a time zone's name. Whether there is such a zone, its database says. */
public final class TimeZoneRule {
  public static final int LONGEST_TEXT = 64;

  /** A regular expression that RE2 and Java read alike; offsets like +01:00 are no names. */
  public static final String PATTERN = "^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$";

  /** Go's name for the time zone of the machine, which is none of IANA's. */
  public static final String LOCAL = "Local";

  public static final String MESSAGE = "must be an IANA time zone such as Europe/Berlin or UTC";

  private TimeZoneRule() {}
}
