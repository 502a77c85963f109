package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.storage.ReaderBarrier;
import dev.pgtrickle.engine.storage.WriteGuards;

/** What P8 rests on, a class a rule, so that a test can take one out and show what it protects. */
public record LifecycleRules(StepListener steps, ReaderBarrier barrier, WriteGuards guards) {

  public static LifecycleRules standard() {
    return new LifecycleRules(StepListener.silent(), new ReaderBarrier(), new WriteGuards());
  }
}
