package dev.pgtrickle.testbed.kubernetes.binaries;

import dev.pgtrickle.testbed.machine.CacheDirectory;
import dev.pgtrickle.testbed.machine.TestbedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Gets the programs of the control plane: from the folder that the environment names, else from the
 * per-user cache, which is filled once from the first source that works.
 */
public record BinaryAcquisition(
    Map<String, String> environment, CacheDirectory cache, ToolModule module) {
  /** Names a folder with all programs; then nothing else is tried. */
  public static final String FOLDER_VARIABLE = "PGTRICKLE_KUBE_DIR";

  /** As this process was started, by this user. */
  public static BinaryAcquisition ofThisProcess() {
    return new BinaryAcquisition(
        System.getenv(), CacheDirectory.ofThisUser(), ToolModule.ofTestbed());
  }

  /**
   * Returns at once where the programs are there, else after the minutes that getting them takes.
   */
  public ControlPlaneBinaries obtain(Consumer<String> progress) {
    return obtain(
        new BinarySources(
            List.of(
                new DownloadSource(
                    new KubeApiTestArchives(), module.minor(), SearchPath.of(environment)),
                new GoBuildSource(module, SearchPath.of(environment)))),
        progress);
  }

  ControlPlaneBinaries obtain(BinarySources sources, Consumer<String> progress) {
    String folder = environment.get(FOLDER_VARIABLE);
    return folder == null || folder.isBlank()
        ? new BinaryCache(cache, module.cacheKey()).obtain(sources, progress)
        : given(Path.of(folder));
  }

  /** Whoever names a folder wants that one: an incomplete one is an error, not a hint. */
  private static ControlPlaneBinaries given(Path folder) {
    List<ControlPlaneProgram> missing = ControlPlaneBinaries.missingFrom(folder);
    if (!missing.isEmpty()) {
      throw new TestbedException(
          "%s names %s, which lacks the programs %s: put them there, or unset the variable."
              .formatted(
                  FOLDER_VARIABLE,
                  folder,
                  missing.stream().map(ControlPlaneProgram::fileName).toList()));
    }
    return new ControlPlaneBinaries(folder.toAbsolutePath());
  }
}
