package dev.pgtrickle.testbed.kubernetes.binaries;

import dev.pgtrickle.testbed.machine.CacheDirectory;
import dev.pgtrickle.testbed.machine.DirectoryTree;
import dev.pgtrickle.testbed.machine.ProcessLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The programs of one version in the per-user cache. Whole or absent: filled beside and renamed, by
 * one process while the others wait, and thrown away when a file has not the length it was given.
 */
record BinaryCache(CacheDirectory cache, String key) {
  ControlPlaneBinaries obtain(BinarySources sources, Consumer<String> progress) {
    Path folder = cache.root().resolve(key);
    discardWhenDamaged(folder, progress);
    if (!Files.isDirectory(folder)) {
      progress.accept(
          "getting the programs of " + key + ", once; another process may be at it already ...");
    }
    return new ControlPlaneBinaries(
        cache.filledOnce(
            key,
            unfinished -> {
              sources.fill(unfinished, progress);
              Inventory.take(unfinished).write();
            }));
  }

  private void discardWhenDamaged(Path folder, Consumer<String> progress) {
    if (!isDamaged(folder)) {
      return;
    }
    try (ProcessLock _ = cache.lock(key)) {
      if (isDamaged(folder)) {
        progress.accept("the programs in " + folder + " are damaged and are got anew");
        new DirectoryTree(folder).delete();
      }
    }
  }

  private static boolean isDamaged(Path folder) {
    return Files.isDirectory(folder) && !Inventory.isIntact(folder);
  }
}
