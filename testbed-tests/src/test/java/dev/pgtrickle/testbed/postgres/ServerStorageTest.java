package dev.pgtrickle.testbed.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.machine.CacheDirectory;
import dev.pgtrickle.testbed.machine.MemoryDirectory;
import dev.pgtrickle.testbed.machine.TemporaryDirectory;
import dev.pgtrickle.testbed.postgres.ServerStorage.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerStorageTest {
  @TempDir Path root;
  private CacheDirectory disk;
  private CacheDirectory memory;

  @BeforeEach
  void makeBoth() throws IOException {
    disk = new CacheDirectory(Files.createDirectory(root.resolve("disk")));
    memory = new CacheDirectory(Files.createDirectory(root.resolve("memory")));
  }

  @Test
  void onlyPassingDataIsInMemory() {
    assertThat(placeOf(Durability.PASSING, Long.MAX_VALUE)).startsWithRaw(memory.root());
    assertThat(placeOf(Durability.LASTING, Long.MAX_VALUE)).startsWithRaw(disk.root());
  }

  @Test
  void whereThereIsNoRoomTheDiskIsTaken() {
    assertThat(placeOf(Durability.PASSING, 0)).startsWithRaw(disk.root());
    TemporaryDirectory made = new ServerStorage(disk, Optional.empty()).create(Durability.PASSING);
    assertThat(made.path()).startsWithRaw(disk.root());
    made.discard();
  }

  @Test
  void whatTheDeadLeftInMemoryGoesWhateverIsMadeNext() throws IOException {
    Path servers = Files.createDirectories(memory.root().resolve("servers"));
    Path left = Files.createDirectory(servers.resolve("dead"));
    Files.createFile(servers.resolve("dead.owner"));
    placeOf(Durability.LASTING, 0);
    assertThat(left).doesNotExist();
  }

  private Path placeOf(Durability durability, long free) {
    TemporaryDirectory made =
        new ServerStorage(disk, Optional.of(new MemoryDirectory(memory, () -> free)))
            .create(durability);
    made.discard();
    return made.path();
  }
}
