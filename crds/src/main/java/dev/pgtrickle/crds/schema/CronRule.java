package dev.pgtrickle.crds.schema;

import java.util.List;

/** The form of a cron expression, field by field, for CEL and Java alike. */
public final class CronRule {
  /** How many characters an expression may have. */
  public static final int LONGEST_TEXT = 100;

  /** What is said when there are more or fewer than five fields. */
  public static final String FIVE_FIELDS =
      "cron has five fields: minute hour day-of-month month day-of-week, one space between them;"
          + " no seconds field (CloudNativePG's ScheduledBackup has six) and no @macros";

  /** The fields in their order. */
  public static final List<Field> FIELDS =
      List.of(
          new Field("minute", "0-59", "(0?[0-9]|[1-5][0-9])"),
          new Field("hour", "0-23", "(0?[0-9]|1[0-9]|2[0-3])"),
          new Field("day of month", "1-31", "(0?[1-9]|[12][0-9]|3[01])"),
          new Field(
              "month",
              "1-12 or JAN-DEC",
              "(0?[1-9]|1[0-2]|(?i:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC))"),
          new Field("day of week", "0-7 or SUN-SAT", "([0-7]|(?i:SUN|MON|TUE|WED|THU|FRI|SAT))"));

  private CronRule() {}

  /**
   * One field: a star, a value or a range, star and range with a step, several by commas.
   *
   * @param name as messages call it
   * @param values which values there are, as messages say it
   */
  public record Field(String name, String values, String value) {

    /** A regular expression that RE2 and Java read alike. */
    public String pattern() {
      String item = "((\\*|" + value + "-" + value + ")(/[1-9][0-9]?)?|" + value + ")";
      return "^" + item + "(," + item + ")*$";
    }

    /** What is said when the field does not match. */
    public String message() {
      return "the cron field " + name + " takes " + values + ", as *, 1, 1-5, 1,2 or */5";
    }
  }
}
