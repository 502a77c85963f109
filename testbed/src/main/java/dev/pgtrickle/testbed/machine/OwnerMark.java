package dev.pgtrickle.testbed.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A locked file: the operating system unlocks it when its process dies, however it dies. */
public record OwnerMark(Path file, FileChannel channel) {
  /** Takes the mark, or gives null when a living process has it. */
  public static @Nullable OwnerMark tryTake(Path file) {
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        return null;
      }
      return new OwnerMark(file, channel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void release() {
    try {
      Files.deleteIfExists(file);
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
