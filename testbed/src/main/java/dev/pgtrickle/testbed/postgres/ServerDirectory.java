package dev.pgtrickle.testbed.postgres;

import dev.pgtrickle.testbed.machine.TemporaryDirectory;
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
  record Temporary(TemporaryDirectory directory) implements ServerDirectory {
    @Override
    public Path data() {
      return directory.path().resolve("data");
    }

    @Override
    public Path log() {
      return directory.path().resolve("postgres.log");
    }

    @Override
    public void discard() {
      directory.discard();
    }
  }
}
