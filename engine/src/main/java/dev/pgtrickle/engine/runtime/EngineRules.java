package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.capture.CaptureRules;
import dev.pgtrickle.engine.capture.CaptureSettings;
import dev.pgtrickle.engine.capture.Deadline;
import dev.pgtrickle.engine.catalog.Lineage;
import dev.pgtrickle.engine.lifecycle.LifecycleRules;
import dev.pgtrickle.engine.postgres.Prologue;
import dev.pgtrickle.engine.refresh.FrontierUpdate;
import dev.pgtrickle.engine.refresh.RefreshChooser;
import dev.pgtrickle.engine.source.WindowPredicate;
import java.time.Duration;

/**
 * The rules of the protocol, each a class, so that a test can replace one by a planted bug and show
 * what it protects. Production code uses {@link #standard}.
 *
 * @param lineage tells a copy of a database from the database itself (P19)
 * @param lease how long capture goes on recording when nobody renews it (P18)
 */
public record EngineRules(
    Prologue prologue,
    RefreshChooser chooser,
    FrontierUpdate frontierUpdate,
    WindowPredicate window,
    CaptureRules capture,
    CaptureSettings captureSettings,
    Duration lease,
    LifecycleRules lifecycle,
    Lineage lineage) {

  /** With the product's own rules of a table's life. */
  public EngineRules(
      Prologue prologue,
      RefreshChooser chooser,
      FrontierUpdate frontierUpdate,
      WindowPredicate window,
      CaptureRules capture,
      CaptureSettings captureSettings,
      Duration lease) {
    this(
        prologue,
        chooser,
        frontierUpdate,
        window,
        capture,
        captureSettings,
        lease,
        LifecycleRules.standard(),
        new Lineage());
  }

  public static EngineRules standard() {
    return new EngineRules(
        new Prologue(),
        new RefreshChooser(),
        new FrontierUpdate(),
        new WindowPredicate(),
        CaptureRules.standard(),
        CaptureSettings.standard(),
        Deadline.LENGTH);
  }

  /** The same with other rules of a table's life. */
  public EngineRules with(LifecycleRules other) {
    return new EngineRules(
        prologue, chooser, frontierUpdate, window, capture, captureSettings, lease, other, lineage);
  }

  /** The same with other rules of capture. */
  public EngineRules with(CaptureRules other) {
    return new EngineRules(
        prologue,
        chooser,
        frontierUpdate,
        window,
        other,
        captureSettings,
        lease,
        lifecycle,
        lineage);
  }

  /** The same with another way to tell a copy. */
  public EngineRules with(Lineage other) {
    return new EngineRules(
        prologue,
        chooser,
        frontierUpdate,
        window,
        capture,
        captureSettings,
        lease,
        lifecycle,
        other);
  }
}
