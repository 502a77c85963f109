package dev.pgtrickle.testbed.kubernetes.binaries;

import java.nio.file.Path;
import java.util.function.Consumer;

/** A way to get the programs of the control plane. */
interface BinarySource {
  /** What became of an attempt. */
  sealed interface Outcome {}

  /** The folder now holds all programs. */
  record Filled() implements Outcome {}

  /** This way is closed; the reason says what would open it. */
  record Unavailable(String reason) implements Outcome {}

  /** What this source is called in messages. */
  String name();

  /**
   * Tries to get them.
   *
   * @param folder empty, to be filled; what a failed attempt leaves in it is thrown away
   * @param progress receives a line before each step that takes a while
   */
  Outcome fill(Path folder, Consumer<String> progress);
}
