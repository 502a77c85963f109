package dev.pgtrickle.engine.capture;

/** The planted bug: nobody looks whether a crash has emptied the unlogged buffers. */
public final class PlantedSentinel extends Sentinel {
  @Override
  String stands() {
    return "true";
  }
}
