package dev.pgtrickle.testbed.cnpg.timeline;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * One moment of a timeline: what the Cluster shows from now on, and what then happens to its
 * instances.
 *
 * @param at since the cause
 */
public record TimelineStep(Duration at, Shown shown, Optional<Happening> happening) {
  private static final int CELLS = 8;

  static TimelineStep parse(String line) {
    String[] cells = line.split("\\|", CELLS);
    if (cells.length != CELLS) {
      throw new IllegalArgumentException("Not " + CELLS + " cells: " + line);
    }
    for (int i = 0; i < CELLS; i++) {
      cells[i] = cells[i].strip();
    }
    return new TimelineStep(
        Duration.ofMillis(new BigDecimal(cells[0]).movePointRight(3).longValueExact()),
        new Shown(
            cells[1],
            InstanceRole.parse(cells[2]),
            InstanceRole.parse(cells[3]),
            Integer.parseInt(cells[4].substring(1)),
            ReadyInstances.parse(cells[5]),
            ShownCondition.parseAll(cells[6])),
        cells[7].isEmpty() ? Optional.empty() : Optional.of(Happening.parse(cells[7])));
  }
}
