package dev.pgtrickle.cli.stress.migration;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** The longest waits that were seen, by who waited and why. */
final class LockFindings {
  private final Map<Wait, Behind> behindUs = new HashMap<>();
  private final Set<Wait> waitsOfOurs = new HashSet<>();
  private Longest ours = Longest.NONE;
  private Longest others = Longest.NONE;
  private Longest behindRefreshes = Longest.NONE;
  private long samples;
  private long waitsBehindUs;
  private long lastLook;
  private Duration longestGap = Duration.ZERO;

  /** One request for a lock: a session waits for one at a time. */
  record Wait(long processId, String waitStart) {}

  /** One look at one waiting session. */
  record Sample(
      Wait request, String mode, String target, String behind, Duration waited, Party party) {
    /** Whose session waits, and whether for us. */
    enum Party {
      OURS,
      OTHER_BEHIND_A_REFRESH,
      /** Behind something else of ours: an analysis, an installation. */
      OTHER_BEHIND_US,
      OTHER
    }

    boolean wantsATableForItself() {
      return mode.equals("AccessExclusiveLock") && target.startsWith("relation public.");
    }

    String describe() {
      return mode + " on " + target + ", behind " + behind.replaceAll("\\s+", " ");
    }
  }

  /** A wait, and for what. */
  record Longest(Duration duration, String what) {
    static final Longest NONE = new Longest(Duration.ZERO, "nothing");

    Longest or(Duration candidate, String candidateFor) {
      return candidate.compareTo(duration) > 0 ? new Longest(candidate, candidateFor) : this;
    }

    @Override
    public String toString() {
      return duration.toMillis() + " ms (" + what + ")";
    }
  }

  synchronized void add(Sample sample) {
    switch (sample.party()) {
      case OURS -> {
        waitsOfOurs.add(sample.request());
        ours = ours.or(sample.waited(), sample.describe());
      }
      case OTHER -> behindUs.remove(sample.request());
      case OTHER_BEHIND_A_REFRESH, OTHER_BEHIND_US -> addBehindUs(sample);
    }
  }

  /**
   * Since when a request has been behind us without a break.
   *
   * @param others since when behind something that is no refresh
   */
  private record Behind(long anything, OptionalLong others) {}

  /** At first sight it may have been so since the last look, but not longer than it waits. */
  private void addBehindUs(Sample sample) {
    long now = System.nanoTime();
    long sinceLastLook = samples == 0 ? now : Math.max(lastLook, now - sample.waited().toNanos());
    Behind before = behindUs.get(sample.request());
    if (before == null) {
      waitsBehindUs++;
    }
    long since = before == null ? sinceLastLook : before.anything();
    boolean mayLast =
        sample.party() == Sample.Party.OTHER_BEHIND_A_REFRESH && sample.wantsATableForItself();
    if (mayLast) {
      behindUs.put(sample.request(), new Behind(since, OptionalLong.empty()));
      behindRefreshes = behindRefreshes.or(Duration.ofNanos(now - since), sample.describe());
    } else {
      long others = before == null ? since : before.others().orElse(sinceLastLook);
      behindUs.put(sample.request(), new Behind(since, OptionalLong.of(others)));
      this.others = this.others.or(Duration.ofNanos(now - others), sample.describe());
    }
  }

  /** All samples of one look were added. */
  synchronized void looked() {
    samples++;
    long now = System.nanoTime();
    if (samples > 1) {
      Duration gap = Duration.ofNanos(now - lastLook);
      longestGap = longestGap.compareTo(gap) < 0 ? gap : longestGap;
    }
    lastLook = now;
  }

  /** Requests of ours that were seen waiting. */
  synchronized long waitsOfOurs() {
    return waitsOfOurs.size();
  }

  /** Times that another was seen to begin to wait behind us. */
  synchronized long waitsBehindUs() {
    return waitsBehindUs;
  }

  /** How long a request of ours waited. */
  synchronized Longest ours() {
    return ours;
  }

  /**
   * How long another's request waited behind us, whatever it was that we did, but for those below.
   */
  synchronized Longest others() {
    return others;
  }

  /** How long a request for a table in ACCESS EXCLUSIVE mode waited, until a refresh was over. */
  synchronized Longest behindRefreshes() {
    return behindRefreshes;
  }

  synchronized long samples() {
    return samples;
  }

  /** The longest time between two looks: no shorter wait can be relied on to be seen. */
  synchronized Duration longestGap() {
    return longestGap;
  }
}
