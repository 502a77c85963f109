package dev.pgtrickle.testbed.kubernetes.binaries;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A folder with all programs of the control plane. */
public record ControlPlaneBinaries(Path folder) {
  /** The programs that a folder lacks. */
  static List<ControlPlaneProgram> missingFrom(Path folder) {
    return Arrays.stream(ControlPlaneProgram.values())
        .filter(program -> !Files.isExecutable(folder.resolve(program.fileName())))
        .toList();
  }

  /** The file of a program. */
  public Path program(ControlPlaneProgram program) {
    return folder.resolve(program.fileName());
  }
}
