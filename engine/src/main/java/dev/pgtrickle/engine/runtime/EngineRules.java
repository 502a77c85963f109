package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.capture.CaptureRules;
import dev.pgtrickle.engine.capture.CaptureSettings;
import dev.pgtrickle.engine.postgres.Prologue;
import dev.pgtrickle.engine.refresh.FrontierUpdate;
import dev.pgtrickle.engine.refresh.RefreshChooser;
import dev.pgtrickle.engine.source.WindowPredicate;

/**
 * The rules of the protocol, each a class, so that a test can replace one by a planted bug and show
 * what it protects. Production code uses {@link #standard}.
 */
public record EngineRules(
    Prologue prologue,
    RefreshChooser chooser,
    FrontierUpdate frontierUpdate,
    WindowPredicate window,
    CaptureRules capture,
    CaptureSettings captureSettings) {

  public static EngineRules standard() {
    return new EngineRules(
        new Prologue(),
        new RefreshChooser(),
        new FrontierUpdate(),
        new WindowPredicate(),
        CaptureRules.standard(),
        CaptureSettings.standard());
  }
}
