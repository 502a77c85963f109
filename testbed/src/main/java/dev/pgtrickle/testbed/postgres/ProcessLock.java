package dev.pgtrickle.testbed.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/** Mutual exclusion among the threads of this JVM and among processes, by a file. */
final class ProcessLock implements AutoCloseable {
  /**
   * A file lock belongs to the whole JVM: a second thread is refused, and closing any channel of
   * the file drops it. So threads take turns here first; that is why this lock is static.
   */
  private static final ReentrantLock TURN_IN_THIS_JVM = new ReentrantLock();

  private final FileChannel channel;

  private ProcessLock(FileChannel channel) {
    this.channel = channel;
  }

  static ProcessLock acquire(Path file) {
    TURN_IN_THIS_JVM.lock();
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channel.lock();
      return new ProcessLock(channel);
    } catch (IOException e) {
      TURN_IN_THIS_JVM.unlock();
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      TURN_IN_THIS_JVM.unlock();
    }
  }
}
