package dev.pgtrickle.testbed.kubernetes.binaries;

import dev.pgtrickle.testbed.machine.TestbedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Downloads the archives that are published for tests. They lack kube-controller-manager, without
 * which no namespace ends, so they are of use only where that is installed.
 */
record DownloadSource(
    ArchiveRepository archives, String minor, SearchPath searchPath, Duration connectPatience)
    implements BinarySource {
  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(9);
  private static final Duration DOWNLOAD_PATIENCE = Duration.ofMinutes(10);

  DownloadSource(ArchiveRepository archives, String minor, SearchPath searchPath) {
    this(archives, minor, searchPath, CONNECT_PATIENCE);
  }

  @Override
  public String name() {
    return "download";
  }

  @Override
  public Outcome fill(Path folder, Consumer<String> progress) {
    String controllerManager = ControlPlaneProgram.KUBE_CONTROLLER_MANAGER.fileName();
    Optional<Path> installed = searchPath.find(controllerManager);
    if (installed.isEmpty()) {
      return new Unavailable(
          "the archives lack %s, and there is none on the PATH".formatted(controllerManager));
    }
    try {
      progress.accept("asking for the newest archive of Kubernetes " + minor + " ...");
      String version = within(connectPatience, () -> archives.newestOf(minor));
      progress.accept("downloading Kubernetes " + version + " ...");
      Path unpacked =
          within(DOWNLOAD_PATIENCE, () -> archives.download(version, folder.resolve("archive")));
      collect(unpacked, installed.get(), folder);
      return new Filled();
    } catch (TimeoutException e) {
      return new Unavailable("no answer in time, the network seems to be blocked");
    } catch (ExecutionException e) {
      return new Unavailable("failed: " + e.getCause());
    }
  }

  private static void collect(Path unpacked, Path controllerManager, Path folder) {
    try {
      for (ControlPlaneProgram program : ControlPlaneProgram.values()) {
        Path from =
            program == ControlPlaneProgram.KUBE_CONTROLLER_MANAGER
                ? controllerManager
                : unpacked.resolve(program.fileName());
        Files.copy(from, folder.resolve(program.fileName()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The library has no time limits of its own: a call that hangs is left behind in its thread. */
  private static <T> T within(Duration patience, Callable<T> call)
      throws TimeoutException, ExecutionException {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("download")
        .start(() -> {
          try {
            result.complete(call.call());
          } catch (Exception e) {
            result.completeExceptionally(e);
          }
        });
    try {
      return result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestbedException("Interrupted while downloading", e);
    }
  }
}
