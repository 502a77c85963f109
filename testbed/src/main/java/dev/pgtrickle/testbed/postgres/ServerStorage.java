package dev.pgtrickle.testbed.postgres;

import dev.pgtrickle.testbed.machine.CacheDirectory;
import dev.pgtrickle.testbed.machine.MemoryDirectory;
import dev.pgtrickle.testbed.machine.TemporaryDirectories;
import dev.pgtrickle.testbed.machine.TemporaryDirectory;
import java.util.Optional;

/** Where the temporary servers of this user are: on disk, or in memory where there is room. */
record ServerStorage(CacheDirectory disk, Optional<MemoryDirectory> memory) {
  /** What the caller needs of the data. */
  enum Durability {
    /** Survives a power cut. */
    LASTING,
    /** Is of no use after one. */
    PASSING
  }

  /** What dead processes left is removed wherever it is. */
  TemporaryDirectory create(Durability durability) {
    TemporaryDirectories onDisk = servers(disk);
    onDisk.removeLeftovers();
    memory
        .map(MemoryDirectory::directory)
        .map(ServerStorage::servers)
        .ifPresent(TemporaryDirectories::removeLeftovers);
    return switch (durability) {
      case LASTING -> onDisk.create();
      case PASSING ->
          memory
              .filter(MemoryDirectory::hasRoom)
              .map(found -> servers(found.directory()))
              .orElse(onDisk)
              .create();
    };
  }

  private static TemporaryDirectories servers(CacheDirectory directory) {
    return new TemporaryDirectories(directory, "servers", OrphanedPostmaster::find);
  }
}
