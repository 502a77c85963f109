package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.source.ChangeWindow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The statements for few changes that were asked for before. There is one for each set of sources
 * that changed together: of the many that are possible few ever occur, and those again and again.
 * The one that was not asked for the longest makes room. The windows hardly ever change; when they
 * do, all is forgotten.
 */
final class SmallDeltas {
  private static final int MOST = 64;

  private final Map<Set<Long>, ApplyStatement> bySources = new LinkedHashMap<>();
  private List<ChangeWindow> latest = List.of();

  synchronized ApplyStatement get(
      List<ChangeWindow> windows, Set<Long> changed, Supplier<ApplyStatement> maker) {
    if (!latest.equals(windows)) {
      bySources.clear();
      latest = windows;
    }
    ApplyStatement known = bySources.remove(changed);
    ApplyStatement wanted = known == null ? maker.get() : known;
    if (bySources.size() == MOST) {
      bySources.remove(bySources.keySet().iterator().next());
    }
    bySources.put(Set.copyOf(changed), wanted);
    return wanted;
  }
}
