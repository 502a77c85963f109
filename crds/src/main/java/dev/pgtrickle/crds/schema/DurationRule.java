package dev.pgtrickle.crds.schema;

/** The form of our durations, for rules that compare two of them. */
public final class DurationRule {
  /** A regular expression of RE2. */
  public static final String PATTERN = "^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$";

  /** The same as a string literal of CEL. */
  public static final String CEL = "'^([0-9]+(\\\\.[0-9]+)?(ms|s|m|h))+$'";

  private DurationRule() {}
}
