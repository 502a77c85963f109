package dev.pgtrickle.engine.capture.model;

import dev.pgtrickle.engine.model.Exploration;
import java.util.List;
import java.util.Set;

/**
 * Writers, the two sides of a buffer, consumers, a janitor, somebody who tampers with the triggers,
 * and a process that may die between any two steps.
 */
public final class BufferModel {
  /** How the name of a refresh by changes ends. */
  public static final String DIFFERENTIAL = "DIFFERENTIAL";

  /** How the name of a refresh of everything ends. */
  public static final String FULL = "FULL";

  private BufferModel() {}

  public static Exploration<?> of(Limits limits, Set<Omission> omitted) {
    return new Exploration<>(
        World.beginning(limits),
        List.of(
            new Writers(omitted),
            new Consumers(omitted),
            new Janitor(omitted),
            new Tampering(omitted)));
  }
}
