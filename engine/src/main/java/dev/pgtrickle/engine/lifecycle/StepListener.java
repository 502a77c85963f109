package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.postgres.QualifiedName;

/** Told whenever a boundary between two steps was passed; a test kills there. */
@FunctionalInterface
public interface StepListener {

  void passed(LifecyclePoint point, QualifiedName relation);

  static StepListener silent() {
    return (point, relation) -> {};
  }
}
