package dev.pgtrickle.testbed.kubernetes.binaries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.machine.TestbedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadSourceTest {
  private static final String MINOR = ToolModule.ofTestbed().minor();

  @TempDir Path directory;

  /** Archives as they are published: three programs, no controller manager. */
  private record Published() implements ArchiveRepository {
    @Override
    public String newestOf(String minor) {
      return minor + ".7";
    }

    @Override
    public Path download(String version, Path folder) {
      for (String program : List.of("etcd", "kube-apiserver", "kubectl")) {
        writeProgram(folder.resolve("k8s").resolve(version), program, version);
      }
      return folder.resolve("k8s").resolve(version);
    }
  }

  private record Broken() implements ArchiveRepository {
    @Override
    public String newestOf(String minor) {
      throw new TestbedException("no route to host");
    }

    @Override
    public Path download(String version, Path folder) {
      throw new IllegalStateException("never asked");
    }
  }

  @Test
  void withoutAControllerManagerNothingIsDownloaded() {
    var source = new DownloadSource(new Broken(), MINOR, new SearchPath(List.of(directory)));
    assertThat(source.fill(directory, message -> {}))
        .isEqualTo(
            new BinarySource.Unavailable(
                "the archives lack kube-controller-manager, and there is none on the PATH"));
  }

  @Test
  void archivesAndInstalledControllerManagerMakeAWhole() throws IOException {
    List<String> progress = new ArrayList<>();
    Path target = Files.createDirectory(directory.resolve("target"));
    var source = new DownloadSource(new Published(), MINOR, withControllerManager());
    assertThat(source.fill(target, progress::add)).isEqualTo(new BinarySource.Filled());
    assertThat(ControlPlaneBinaries.missingFrom(target)).isEmpty();
    assertThat(target.resolve("etcd")).hasContent(MINOR + ".7");
    assertThat(target.resolve("kube-controller-manager")).hasContent("installed");
    assertThat(progress).contains("downloading Kubernetes " + MINOR + ".7 ...");
  }

  @Test
  void aFailureIsAReason() {
    var source = new DownloadSource(new Broken(), MINOR, withControllerManager());
    assertThat(source.fill(directory, message -> {}))
        .isInstanceOfSatisfying(
            BinarySource.Unavailable.class,
            unavailable -> assertThat(unavailable.reason()).contains("no route to host"));
  }

  /** The real download, through a proxy that swallows everything, as a firewall does. */
  @Test
  void aBlockedNetworkIsNoticedWithinTenSeconds() throws IOException {
    Properties before = (Properties) System.getProperties().clone();
    try (ServerSocket blackHole = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      System.setProperty("https.proxyHost", "127.0.0.1");
      System.setProperty("https.proxyPort", String.valueOf(blackHole.getLocalPort()));
      var source = new DownloadSource(new KubeApiTestArchives(), MINOR, withControllerManager());
      Instant started = Instant.now();
      assertThat(source.fill(directory, message -> {}))
          .isEqualTo(
              new BinarySource.Unavailable("no answer in time, the network seems to be blocked"));
      assertThat(Duration.between(started, Instant.now())).isLessThan(Duration.ofSeconds(10));
    } finally {
      System.setProperties(before);
    }
  }

  private SearchPath withControllerManager() {
    Path folder = directory.resolve("installed");
    writeProgram(folder, "kube-controller-manager", "installed");
    return new SearchPath(List.of(directory, folder));
  }

  private static void writeProgram(Path folder, String program, String content) {
    try {
      Path file = Files.createDirectories(folder).resolve(program);
      Files.writeString(file, content);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
