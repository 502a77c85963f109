package dev.pgtrickle.engine.model;

import java.util.Map;
import java.util.Optional;

/**
 * What an exploration found.
 *
 * @param steps how often something happened, by the last word of its name
 * @param wrong what is as it should not be, and how it came to that
 */
public record Outcome(int states, Map<String, Integer> steps, Optional<String> wrong) {
  /** How many steps' names end with the word. */
  public int count(String lastWord) {
    return steps.getOrDefault(lastWord, 0);
  }
}
