package dev.pgtrickle.cli.stress.planted;

import dev.pgtrickle.engine.runtime.EngineRules;

/** The rules of the product, but for the frontier. */
final class PlantedRules {
  private PlantedRules() {}

  static EngineRules create() {
    EngineRules standard = EngineRules.standard();
    return new EngineRules(
        standard.prologue(),
        standard.chooser(),
        new WatermarkFrontier(),
        standard.window(),
        standard.capture(),
        standard.captureSettings(),
        standard.lease());
  }
}
