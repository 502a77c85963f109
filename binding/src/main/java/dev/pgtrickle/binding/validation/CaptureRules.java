package dev.pgtrickle.binding.validation;

import dev.pgtrickle.binding.problem.FieldPath;
import dev.pgtrickle.crds.streamtable.BufferMode;
import dev.pgtrickle.crds.streamtable.CaptureSpec;
import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.crds.streamtable.StreamTableSpec;

/** Wishes about capture that contradict each other. */
final class CaptureRules implements Rules {

  @Override
  public void check(StreamTable table, StreamTableSpec spec, Problems problems) {
    CaptureSpec capture = spec.capture();
    if (capture != null
        && Boolean.TRUE.equals(capture.allowAllTablesPublication())
        && capture.buffers() == BufferMode.LOGGED) {
      problems.invalid(
          FieldPath.of("spec", "capture", "buffers"),
          "logged buffers would be published by the publication that is allowed",
          "remove buffers or allowAllTablesPublication");
    }
  }
}
