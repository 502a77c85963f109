package dev.pgtrickle.testbed.kubernetes.binaries;

import io.fabric8.kubeapitest.binary.BinaryDownloader;
import io.fabric8.kubeapitest.binary.OSInfo;
import java.nio.file.Path;

/** The archives that fabric8's kube-api-test uses, by its own code: it knows where they are. */
final class KubeApiTestArchives implements ArchiveRepository {
  @Override
  public String newestOf(String minor) {
    return downloader(Path.of("")).findLatestOfWildcard(minor + ".*");
  }

  @Override
  public Path download(String version, Path folder) {
    return downloader(folder).download(version).toPath();
  }

  private static BinaryDownloader downloader(Path folder) {
    return new BinaryDownloader(folder.toString(), new OSInfo());
  }
}
