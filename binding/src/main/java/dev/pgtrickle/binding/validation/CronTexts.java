package dev.pgtrickle.binding.validation;

import dev.pgtrickle.binding.problem.FieldPath;
import dev.pgtrickle.crds.schema.CronRule;
import dev.pgtrickle.crds.schema.TimeZoneRule;
import dev.pgtrickle.crds.streamtable.CronSchedule;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The form of a cron schedule: the same rules that the API server applies. */
final class CronTexts {
  // Names of IANA that Java does not list, and names of Java that IANA has given up.
  private static final Set<String> ABBREVIATIONS = Set.of("EST", "MST", "HST");
  private static final String ONLY_JAVA = "SystemV/";
  private static final Pattern ZONE = Pattern.compile(TimeZoneRule.PATTERN);

  private CronTexts() {}

  static void check(FieldPath path, CronSchedule cron, Problems problems) {
    checkExpression(path.field("expression"), cron.expression(), problems);
    if (cron.timeZone() != null) {
      checkZone(path.field("timeZone"), cron.timeZone(), problems);
    }
  }

  private static void checkExpression(
      FieldPath path, @Nullable String expression, Problems problems) {
    if (expression == null) {
      problems.invalid(path, "the expression is missing", "write for example \"0 2 * * *\"");
      return;
    }
    if (expression.length() > CronRule.LONGEST_TEXT) {
      problems.invalid(path, "more than 100 characters", "write a shorter expression");
      return;
    }
    List<String> fields = List.of(expression.split(" ", -1));
    if (fields.size() != CronRule.FIELDS.size()) {
      problems.invalid(path, "\"" + expression + "\" is no cron expression", CronRule.FIVE_FIELDS);
      return;
    }
    for (int index = 0; index < fields.size(); index++) {
      CronRule.Field rule = CronRule.FIELDS.get(index);
      if (!Pattern.compile(rule.pattern()).matcher(fields.get(index)).find()) {
        problems.invalid(path, "\"" + expression + "\" is no cron expression", rule.message());
      }
    }
  }

  private static void checkZone(FieldPath path, String zone, Problems problems) {
    boolean known =
        zone.length() <= TimeZoneRule.LONGEST_TEXT
            && ZONE.matcher(zone).find()
            && !zone.equals(TimeZoneRule.LOCAL)
            && (ABBREVIATIONS.contains(zone)
                || (ZoneId.getAvailableZoneIds().contains(zone) && !zone.startsWith(ONLY_JAVA)));
    if (!known) {
      problems.invalid(
          path,
          "\"" + zone + "\" is no time zone",
          "write an IANA name such as Europe/Berlin or UTC");
    }
  }
}
