package dev.pgtrickle.testbed.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheDirectoryTest {
  @TempDir Path directory;

  @Test
  void onlyOneOfManyFills() {
    CacheDirectory cache = new CacheDirectory(directory);
    AtomicInteger fillings = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int thread = 0; thread < 8; thread++) {
        threads.execute(() -> {
          Path filled =
              cache.filledOnce(
                  "entry",
                  target -> {
                    fillings.incrementAndGet();
                    write(target.resolve("content"));
                  });
          assertThat(filled.resolve("content")).exists();
        });
      }
    }
    assertThat(fillings).hasValue(1);
  }

  @Test
  void whatFailedHalfwayIsNotTakenForComplete() {
    CacheDirectory cache = new CacheDirectory(directory);
    assertThatThrownBy(() ->
            cache.filledOnce(
                "entry",
                target -> {
                  write(target.resolve("half"));
                  throw new IllegalStateException("killed");
                }))
        .hasMessage("killed");
    Path filled = cache.filledOnce("entry", target -> write(target.resolve("whole")));
    assertThat(filled).isDirectoryContaining("glob:**/whole");
    assertThat(filled).isDirectoryNotContaining("glob:**/half");
  }

  private static void write(Path file) {
    try {
      Files.createFile(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
