package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.definition.DeletionPolicy;
import dev.pgtrickle.engine.definition.Origin;

/** What becomes of a relation that its owner leaves. */
public sealed interface ReleaseOrder {

  /** As the owner's policy says. */
  record By(DeletionPolicy policy) implements ReleaseOrder {}

  /** Another resource waits for it: it goes on as it is, under the new owner. */
  record HandOver(Origin to) implements ReleaseOrder {}
}
