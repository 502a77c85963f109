package dev.pgtrickle.engine.sql.parser;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Runs work on a stack that is deep enough for the deepest expression that the bounds allow. Memory
 * is taken only for the depth that is reached.
 */
public final class DeepStack {
  private static final long BYTES = 512L << 20;

  private DeepStack() {}

  /** The result of the work, or its unchecked exception. */
  public static <R> R call(Supplier<R> work) {
    CompletableFuture<R> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                result.complete(work.get());
              } catch (RuntimeException | Error failure) {
                result.completeExceptionally(failure);
              }
            },
            "pgtrickle-deep-stack",
            BYTES);
    thread.start();
    try {
      return result.join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof RuntimeException exception) {
        throw exception;
      }
      if (failure.getCause() instanceof Error error) {
        throw error;
      }
      throw failure;
    }
  }
}
