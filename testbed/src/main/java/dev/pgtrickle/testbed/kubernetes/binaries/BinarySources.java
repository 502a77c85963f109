package dev.pgtrickle.testbed.kubernetes.binaries;

import dev.pgtrickle.testbed.machine.CacheDirectory;
import dev.pgtrickle.testbed.machine.DirectoryTree;
import dev.pgtrickle.testbed.machine.TestbedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Sources in the order in which they are tried: the first that has all programs wins. */
record BinarySources(List<BinarySource> inOrder) {
  BinarySources {
    inOrder = List.copyOf(inOrder);
  }

  void fill(Path folder, Consumer<String> progress) {
    List<String> reasons = new ArrayList<>();
    for (BinarySource source : inOrder) {
      new DirectoryTree(folder).delete();
      CacheDirectory.makeEnterable(folder);
      switch (source.fill(folder, progress)) {
        case BinarySource.Filled() -> {
          requireComplete(source, folder);
          return;
        }
        case BinarySource.Unavailable(String reason) -> {
          String line = source.name() + ": " + reason;
          progress.accept(line);
          reasons.add(line);
        }
      }
    }
    throw new TestbedException(
        """
        This machine has no Kubernetes control plane, and none could be got:
        - %s
        Open one of these ways, or name a folder with %s in the environment variable %s.\
        """
            .formatted(
                String.join("\n- ", reasons),
                ControlPlaneProgram.fileNames(),
                BinaryAcquisition.FOLDER_VARIABLE));
  }

  private static void requireComplete(BinarySource source, Path folder) {
    List<ControlPlaneProgram> missing = ControlPlaneBinaries.missingFrom(folder);
    if (!missing.isEmpty()) {
      throw new TestbedException(source.name() + " did not bring " + missing);
    }
  }
}
