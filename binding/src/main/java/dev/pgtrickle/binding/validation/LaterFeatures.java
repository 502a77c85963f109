package dev.pgtrickle.binding.validation;

import dev.pgtrickle.binding.problem.FieldPath;
import dev.pgtrickle.crds.streamtable.CaptureMode;
import dev.pgtrickle.crds.streamtable.CaptureSpec;
import dev.pgtrickle.crds.streamtable.Initialize;
import dev.pgtrickle.crds.streamtable.LimitsSpec;
import dev.pgtrickle.crds.streamtable.RefreshModeChoice;
import dev.pgtrickle.crds.streamtable.ScheduleSpec;
import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.crds.streamtable.StreamTableSpec;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Fields that are part of the API and of a later release. They are refused by name, so that nobody
 * relies on something that is silently not done. A release that brings one removes its line.
 */
final class LaterFeatures implements Rules {
  private static final FieldPath SPEC = FieldPath.of("spec");

  @Override
  public void check(StreamTable table, StreamTableSpec spec, Problems problems) {
    schedule(spec, problems);
    capture(spec.capture(), problems);
    limits(spec.limits(), problems);
    lifecycle(spec, problems);
    if (spec.queryFrom() != null) {
      refuse(SPEC.field("queryFrom"), "write the query inline, in spec.query", problems);
    }
    if (spec.refresh() != null && spec.refresh().mode() == RefreshModeChoice.IMMEDIATE) {
      refuse(
          SPEC.field("refresh").field("mode"),
          "Immediate",
          "use Auto with schedule.onChange",
          problems);
    }
    if (spec.consistency() != null) {
      refuse(
          SPEC.field("consistency").field("group"),
          shown(spec.consistency().group()),
          "remove it",
          problems);
    }
  }

  private static void schedule(StreamTableSpec spec, Problems problems) {
    String instead = "use schedule.every, schedule.onChange or schedule.manual";
    ScheduleSpec schedule = spec.schedule();
    if (schedule != null && schedule.cron() != null) {
      refuse(
          SPEC.field("schedule").field("cron"),
          shown(schedule.cron().expression()),
          instead,
          problems);
    }
    if (schedule != null && schedule.calculated() != null) {
      refuse(SPEC.field("schedule").field("calculated"), instead, problems);
    }
    if (spec.schedulePolicyRef() != null) {
      refuse(
          SPEC.field("schedulePolicyRef"),
          shown(spec.schedulePolicyRef().name()),
          instead,
          problems);
    }
    if (spec.preset() != null) {
      refuse(SPEC.field("preset"), word(spec.preset()), "set the fields one by one", problems);
    }
    if (spec.tier() != null) {
      refuse(SPEC.field("tier"), word(spec.tier()), instead, problems);
    }
    if (spec.sla() != null) {
      refuse(
          SPEC.field("sla").field("maxStaleness"),
          shown(spec.sla().maxStaleness()),
          instead,
          problems);
    }
  }

  private static void capture(@Nullable CaptureSpec capture, Problems problems) {
    if (capture == null) {
      return;
    }
    FieldPath path = SPEC.field("capture");
    if (capture.mode() == CaptureMode.WAL) {
      refuse(path.field("mode"), "Wal", "use Auto or Trigger", problems);
    }
  }

  private static void limits(@Nullable LimitsSpec limits, Problems problems) {
    if (limits == null) {
      return;
    }
    FieldPath path = SPEC.field("limits");
    if (limits.maxRows() != null) {
      refuse(path.field("maxRows"), String.valueOf(limits.maxRows()), "remove it", problems);
    }
    if (limits.maxBytes() != null) {
      refuse(path.field("maxBytes"), limits.maxBytes().text(), "remove it", problems);
    }
    if (limits.maxBufferedChanges() != null) {
      refuse(
          path.field("maxBufferedChanges"),
          String.valueOf(limits.maxBufferedChanges()),
          "remove it",
          problems);
    }
    if (limits.mergeBatchSize() != null) {
      refuse(
          path.field("mergeBatchSize"),
          String.valueOf(limits.mergeBatchSize()),
          "remove it",
          problems);
    }
  }

  private static void lifecycle(StreamTableSpec spec, Problems problems) {
    if (spec.initialize() == Initialize.ON_SCHEDULE) {
      refuse(SPEC.field("initialize"), "OnSchedule", "use OnCreate", problems);
    }
    if (spec.bootstrap() != null) {
      refuse(SPEC.field("bootstrap"), "remove it: the table is loaded from its query", problems);
    }
  }

  private static void refuse(FieldPath path, String instead, Problems problems) {
    problems.unsupported(path, lastField(path) + " is not supported yet", instead);
  }

  private static void refuse(FieldPath path, String value, String instead, Problems problems) {
    problems.unsupported(path, lastField(path) + " " + value + " is not supported yet", instead);
  }

  private static String lastField(FieldPath path) {
    return path.steps().getLast().substring(1);
  }

  private static String shown(@Nullable String value) {
    return value == null ? "" : '"' + value + '"';
  }

  /** ON_SCHEDULE as manifests write it: OnSchedule. */
  private static String word(Enum<?> constant) {
    StringBuilder word = new StringBuilder();
    for (String part : constant.name().split("_", -1)) {
      word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
    }
    return word.toString();
  }
}
