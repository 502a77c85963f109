package dev.pgtrickle.engine.algebra;

import dev.pgtrickle.engine.postgres.Identifier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Gives names that are unique in one operator and never begin with two underscores, since those are
 * the names of hidden columns.
 */
public final class NameAllocator {
  private static final int LONGEST_STEM = 20;

  private final Set<Identifier> taken = new HashSet<>();

  /** Where to go on for a stem, so that thousands of equal wishes do not count from the start. */
  private final Map<String, Integer> nextSuffixes = new HashMap<>();

  /** The wish itself where it is free, else a name like it. */
  public Identifier allocate(String wish) {
    boolean usable = !wish.startsWith("__");
    if (usable && taken.add(Identifier.of(wish))) {
      return Identifier.of(wish);
    }
    String stem = usable ? wish.substring(0, Math.min(wish.length(), LONGEST_STEM)) : "column";
    for (int suffix = nextSuffixes.getOrDefault(stem, 2); ; suffix++) {
      Identifier candidate = Identifier.of(stem + "_" + suffix);
      if (taken.add(candidate)) {
        nextSuffixes.put(stem, suffix + 1);
        return candidate;
      }
    }
  }
}
