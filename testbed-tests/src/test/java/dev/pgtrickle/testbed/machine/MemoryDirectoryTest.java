package dev.pgtrickle.testbed.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryDirectoryTest {
  @TempDir Path directory;

  @Test
  void thereIsRoomAsLongAsThereIsMemory() {
    assertThat(withFree(0).hasRoom()).isFalse();
    assertThat(withFree(MemoryDirectory.ROOM - 1).hasRoom()).isFalse();
    assertThat(withFree(MemoryDirectory.ROOM).hasRoom())
        .isEqualTo(directory.toFile().getUsableSpace() >= MemoryDirectory.ROOM);
  }

  @Test
  void theMachinesOwnHasNoDiskAndIsOurs() {
    MemoryDirectory.ofThisUser()
        .ifPresent(memory ->
            assertThat(memory.directory().root())
                .startsWith(Path.of("/dev/shm"))
                .isDirectory()
                .isWritable());
  }

  private MemoryDirectory withFree(long bytes) {
    return new MemoryDirectory(new CacheDirectory(directory), () -> bytes);
  }
}
