package dev.pgtrickle.engine.refresh.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A transaction with what it has read and what it will leave; the upstream's guard may be its. */
sealed interface Transaction {
  /** The upstream as it was at the snapshot. */
  Upstream read();

  /** The upstream that is written, if it is. */
  Optional<Upstream> written();

  boolean holdsGuard();

  /** A refresh of the upstream by itself, or one that changes its definition. */
  record OfUpstream(Upstream read, Upstream after) implements Transaction {
    @Override
    public Optional<Upstream> written() {
      return Optional.of(after);
    }

    @Override
    public boolean holdsGuard() {
      return true;
    }
  }

  /**
   * A refresh of a dependant, and of the upstream where that is pulled.
   *
   * @param before the dependant at the snapshot; none before its first load
   * @param wrong what the result should not be
   */
  record OfDependant(
      int index,
      Upstream read,
      Optional<Upstream> written,
      @Nullable Dependant before,
      Dependant after,
      boolean holdsGuard,
      Optional<String> wrong)
      implements Transaction {}
}
