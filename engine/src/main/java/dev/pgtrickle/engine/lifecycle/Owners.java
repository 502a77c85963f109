package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.definition.Origin;

/**
 * Answers whether those who claimed a relation before still exist. Only the caller can know: the
 * engine has no Kubernetes. Asked at most once by each apply, and never inside a transaction.
 */
@FunctionalInterface
public interface Owners {

  Liveness of(Origin owner);

  /** Everybody who ever claimed something still wants it: nothing is taken from anybody. */
  static Owners allAlive() {
    return owner -> Liveness.ALIVE;
  }

  /** What is known about an owner. */
  enum Liveness {
    ALIVE,
    /** It does not exist any more, another resource bears its name now, or it lives elsewhere. */
    GONE,
    /** It is being deleted, or cannot be looked up at the moment. */
    UNCERTAIN
  }
}
