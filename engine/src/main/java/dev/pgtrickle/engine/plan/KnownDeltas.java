package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.source.ChangeWindow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The statements that were asked for before. There is one for each set of sources that changed
 * together, and each size: of the many that are possible few ever occur, and those again and again.
 * The one that was not asked for the longest makes room. The windows hardly ever change; when they
 * do, all is forgotten.
 */
final class KnownDeltas<K, T> {
  private static final int MOST = 64;

  private final Map<K, T> byKey = new LinkedHashMap<>();
  private List<ChangeWindow> latest = List.of();

  synchronized T get(List<ChangeWindow> windows, K key, Supplier<T> maker) {
    if (!latest.equals(windows)) {
      byKey.clear();
      latest = windows;
    }
    T known = byKey.remove(key);
    T wanted = known == null ? maker.get() : known;
    if (byKey.size() == MOST) {
      byKey.remove(byKey.keySet().iterator().next());
    }
    byKey.put(key, wanted);
    return wanted;
  }
}
