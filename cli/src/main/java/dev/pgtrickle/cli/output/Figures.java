package dev.pgtrickle.cli.output;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
public final class Figures {
  private static final long KIBIBYTE = 1024;

  private Figures() {}

  /** Three digits that matter and a unit: 0.8 ms, 41 ms, 2.4 s, 3 min. */
  public static String duration(Duration duration) {
    double millis = duration.toNanos() / 1e6;
    if (millis < 10) {
      return String.format(Locale.ROOT, "%.1f ms", millis);
    }
    if (millis < 1000) {
      return String.format(Locale.ROOT, "%.0f ms", millis);
    }
    double seconds = millis / 1000;
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    if (seconds < 120) {
      return String.format(Locale.ROOT, "%.0f s", seconds);
    }
    return seconds < 7200
        ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
        : String.format(Locale.ROOT, "%.0f h", seconds / 3600);
  }

  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Bytes in binary units: 512 B, 96 KiB, 2.0 MiB. */
  public static String bytes(long bytes) {
    String[] units = {"KiB", "MiB", "GiB", "TiB"};
    if (bytes < KIBIBYTE) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    while (value >= KIBIBYTE && unit < units.length - 1) {
      value /= KIBIBYTE;
      unit++;
    }
    return value < 10
        ? String.format(Locale.ROOT, "%.1f %s", value, units[unit])
        : String.format(Locale.ROOT, "%.0f %s", value, units[unit]);
  }
}
