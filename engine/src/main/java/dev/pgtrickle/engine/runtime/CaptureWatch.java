package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.capture.ChangeCapture;
import dev.pgtrickle.engine.lifecycle.Drift;
import dev.pgtrickle.engine.refresh.MaintainedTable;
import java.util.List;
import java.util.Set;

/**
 * Repairs the capture of a source as soon as it is seen to be broken, whatever the drift policy:
 * until then changes are lost to the buffers, or the application's writes fail.
 */
final class CaptureWatch {
  private final ChangeCapture capture;
  private final TableBook book;
  private final EngineListener listener;

  CaptureWatch(ChangeCapture capture, TableBook book, EngineListener listener) {
    this.capture = capture;
    this.book = book;
    this.listener = listener;
  }

  List<Long> broken() {
    return capture.broken();
  }

  void repair(long sourceId) {
    capture.repair(sourceId);
    for (MaintainedTable table : book.tablesOf(Set.of(sourceId))) {
      table.sources().stream()
          .filter(source -> source.window().sourceId() == sourceId)
          .findFirst()
          .ifPresent(source ->
              listener.on(
                  new EngineEvent.DriftRepaired(
                      table.definition().relation(),
                      List.of(
                          new Drift(
                              Drift.Kind.CAPTURE_MISSING,
                              "the capture of " + source.requirement().name() + " was broken")))));
    }
  }
}
