package dev.pgtrickle.testbed.postgres;

import java.nio.file.Path;

/** Where one server keeps its data and its log. */
sealed interface ServerDirectory {
  Path data();

  Path log();

  /** Called when the server has stopped for good. */
  void discard();

  /** A directory that the caller chose and that outlives the server. */
  record Kept(Path data) implements ServerDirectory {
    @Override
    public Path log() {
      return data.resolve("postgres.log");
    }

    @Override
    public void discard() {}
  }

  /** A directory that goes with the server. */
  record Temporary(Path directory, OwnerMark owner) implements ServerDirectory {
    @Override
    public Path data() {
      return directory.resolve("data");
    }

    @Override
    public Path log() {
      return directory.resolve("postgres.log");
    }

    @Override
    public void discard() {
      new DirectoryTree(directory).delete();
      owner.release();
    }
  }
}
