package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.catalog.RefreshRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The requests of one table in their order. The queue shows a request at each reading until it is
 * answered; here it stands once. Not for several threads at once without a lock.
 */
final class RequestLine {
  private final Deque<RefreshRequest> waiting = new ArrayDeque<>();
  private final Set<Long> known = new HashSet<>();

  /** Whether it was not known before. */
  boolean add(RefreshRequest request) {
    return known.add(request.id()) && waiting.add(request);
  }

  /** Before all that came later. */
  void putBack(RefreshRequest request) {
    waiting.addFirst(request);
  }

  /** Its answer was lost: the next reading brings it back. */
  void forget(RefreshRequest request) {
    known.remove(request.id());
  }

  /** What the newest reading does not show any more is over, and no later reading shows it. */
  void keepOnly(Set<Long> open) {
    known.retainAll(open);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  Optional<RefreshRequest> next() {
    return Optional.ofNullable(waiting.poll());
  }

  /** How many are remembered. */
  int remembered() {
    return known.size();
  }
}
