package dev.pgtrickle.testbed.cnpg.timeline;

import dev.pgtrickle.testbed.machine.TestbedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The courses of events that were recorded with the real CloudNativePG 1.30.0. */
public enum RecordedTimeline {
  /** A Cluster comes into being. */
  CREATION,
  /** The primary is changed on purpose, in good order. */
  SWITCHOVER,
  /** The primary is lost. */
  FAILOVER,
  /** All instances are taken out of service by an annotation. */
  FENCING,
  /** And back. */
  UNFENCING,
  /** All pods are removed by an annotation; the data is kept. */
  HIBERNATION,
  /** And back. */
  WAKING;

  /** The steps, in order. */
  public List<TimelineStep> steps() {
    String resource = name().toLowerCase(Locale.ROOT) + ".txt";
    try (InputStream stream = RecordedTimeline.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new TestbedException("The testbed was built without the timeline " + resource);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(TimelineStep::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
