package dev.pgtrickle.testbed.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/** Mutual exclusion among the threads of this JVM and among processes, by a file. */
public final class ProcessLock implements AutoCloseable {
  /**
   * A file lock belongs to the whole JVM: a second thread is refused, and closing any channel of
   * the file drops it. So threads take turns here first; that is why this is static.
   */
  private static final ConcurrentMap<Path, ReentrantLock> TURNS = new ConcurrentHashMap<>();

  private final ReentrantLock turn;
  private final FileChannel channel;

  private ProcessLock(ReentrantLock turn, FileChannel channel) {
    this.turn = turn;
    this.channel = channel;
  }

  /** Waits until nobody else has the file locked, and creates it when it is absent. */
  public static ProcessLock acquire(Path file) {
    ReentrantLock turn =
        TURNS.computeIfAbsent(file.toAbsolutePath().normalize(), path -> new ReentrantLock());
    turn.lock();
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channel.lock();
      return new ProcessLock(turn, channel);
    } catch (IOException e) {
      turn.unlock();
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
      turn.unlock();
    }
  }
}
