package dev.pgtrickle.testbed.machine;

import java.nio.file.Path;

/** A directory that goes with its owner: at the latest when the next one of its kind is made. */
public record TemporaryDirectory(Path path, OwnerMark owner) {
  /** Deletes it. Nothing may run on it any more. */
  public void discard() {
    new DirectoryTree(path).delete();
    owner.release();
  }
}
