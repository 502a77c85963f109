package dev.pgtrickle.engine.runtime;

/** Hears what a worker does. Called from worker threads; must not block. */
@FunctionalInterface
public interface EngineListener {

  void on(EngineEvent event);

  static EngineListener silent() {
    return event -> {};
  }
}
