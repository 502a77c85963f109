package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.source.ChangeWindow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The statements that were asked for before. There is one for each set of sources that changed
 * together: of the many that are possible few ever occur, and those again and again. The one that
 * was not asked for the longest makes room. The windows hardly ever change; when they do, all is
 * forgotten.
 */
final class KnownDeltas<T> {
  private static final int MOST = 64;

  private final Map<Set<Long>, T> bySources = new LinkedHashMap<>();
  private List<ChangeWindow> latest = List.of();

  synchronized T get(List<ChangeWindow> windows, Set<Long> changed, Supplier<T> maker) {
    if (!latest.equals(windows)) {
      bySources.clear();
      latest = windows;
    }
    T known = bySources.remove(changed);
    T wanted = known == null ? maker.get() : known;
    if (bySources.size() == MOST) {
      bySources.remove(bySources.keySet().iterator().next());
    }
    bySources.put(Set.copyOf(changed), wanted);
    return wanted;
  }
}
