package dev.pgtrickle.testbed.kubernetes.binaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.testbed.machine.CacheDirectory;
import dev.pgtrickle.testbed.machine.TestbedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryAcquisitionTest {
  @TempDir Path directory;
  private CacheDirectory cache;

  /** Has all programs, which are its own name, and counts how often it was asked. */
  private record Working(String name, AtomicInteger asked) implements BinarySource {
    @Override
    public Outcome fill(Path folder, Consumer<String> progress) {
      asked.incrementAndGet();
      for (ControlPlaneProgram program : ControlPlaneProgram.values()) {
        writeProgram(folder.resolve(program.fileName()), name);
      }
      return new Filled();
    }
  }

  /** Leaves half of the programs behind. */
  private record Closed(String name) implements BinarySource {
    @Override
    public Outcome fill(Path folder, Consumer<String> progress) {
      writeProgram(folder.resolve(ControlPlaneProgram.ETCD.fileName()), name);
      writeProgram(folder.resolve("half"), name);
      return new Unavailable("it is " + name);
    }
  }

  @BeforeEach
  void makeCache() {
    cache = new CacheDirectory(CacheDirectory.makeEnterable(directory.resolve("cache")));
  }

  @Test
  void theFolderOfTheEnvironmentWinsOverEverything() {
    Path folder = CacheDirectory.makeEnterable(directory.resolve("given"));
    new Working("given", new AtomicInteger()).fill(folder, BinaryAcquisitionTest::ignore);
    AtomicInteger asked = new AtomicInteger();
    ControlPlaneBinaries binaries =
        acquisition(Map.of(BinaryAcquisition.FOLDER_VARIABLE, folder.toString()))
            .obtain(
                new BinarySources(List.of(new Working("other", asked))),
                BinaryAcquisitionTest::ignore);
    assertThat(binaries.program(ControlPlaneProgram.ETCD)).hasContent("given");
    assertThat(asked).hasValue(0);
  }

  @Test
  void anIncompleteFolderOfTheEnvironmentIsAnError() {
    Path folder = CacheDirectory.makeEnterable(directory.resolve("given"));
    writeProgram(folder.resolve("etcd"), "given");
    BinarySources sources = new BinarySources(List.of(new Working("other", new AtomicInteger())));
    BinaryAcquisition acquisition =
        acquisition(Map.of(BinaryAcquisition.FOLDER_VARIABLE, folder.toString()));
    assertThatThrownBy(() -> acquisition.obtain(sources, BinaryAcquisitionTest::ignore))
        .isInstanceOf(TestbedException.class)
        .hasMessageContaining("PGTRICKLE_KUBE_DIR")
        .hasMessageContaining("[kube-apiserver, kube-controller-manager, kubectl]");
  }

  @Test
  void theFirstSourceThatWorksWinsAndIsAskedOnce() {
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger never = new AtomicInteger();
    BinarySources sources =
        new BinarySources(
            List.of(new Closed("closed"), new Working("open", asked), new Working("late", never)));
    List<String> progress = new ArrayList<>();
    ControlPlaneBinaries binaries = acquisition(Map.of()).obtain(sources, progress::add);
    assertThat(acquisition(Map.of()).obtain(sources, BinaryAcquisitionTest::ignore))
        .isEqualTo(binaries);
    assertThat(binaries.program(ControlPlaneProgram.ETCD)).hasContent("open");
    assertThat(binaries.folder()).isDirectoryNotContaining("glob:**/half");
    assertThat(asked).hasValue(1);
    assertThat(never).hasValue(0);
    assertThat(progress).contains("closed: it is closed");
  }

  @Test
  void whereNothingWorksOneErrorTellsAllReasonsAndTheCacheStaysEmpty() {
    BinarySources sources = new BinarySources(List.of(new Closed("first"), new Closed("second")));
    BinaryAcquisition acquisition = acquisition(Map.of());
    assertThatThrownBy(() -> acquisition.obtain(sources, BinaryAcquisitionTest::ignore))
        .isInstanceOf(TestbedException.class)
        .hasMessageContaining("- first: it is first\n- second: it is second\n")
        .hasMessageContaining("PGTRICKLE_KUBE_DIR");
    assertThat(cache.root().resolve(ToolModule.ofTestbed().cacheKey())).doesNotExist();
    // And the next attempt is not misled by what is left.
    assertThat(
            acquisition
                .obtain(
                    new BinarySources(List.of(new Working("third", new AtomicInteger()))),
                    BinaryAcquisitionTest::ignore)
                .program(ControlPlaneProgram.ETCD))
        .hasContent("third");
  }

  @Test
  void twoThatNeedThemAtOnceGetThemOnce() {
    AtomicInteger asked = new AtomicInteger();
    BinarySources sources = new BinarySources(List.of(new Working("only", asked)));
    List<ControlPlaneBinaries> got = Collections.synchronizedList(new ArrayList<>());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int thread = 0; thread < 4; thread++) {
        threads.execute(
            () -> got.add(acquisition(Map.of()).obtain(sources, BinaryAcquisitionTest::ignore)));
      }
    }
    assertThat(got).hasSize(4).containsOnly(got.getFirst());
    assertThat(asked).hasValue(1);
  }

  @Test
  void aDamagedCacheIsFilledAnew() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    BinarySources sources = new BinarySources(List.of(new Working("whole", asked)));
    Path etcd =
        acquisition(Map.of())
            .obtain(sources, BinaryAcquisitionTest::ignore)
            .program(ControlPlaneProgram.ETCD);
    Files.writeString(etcd, "ha");
    acquisition(Map.of()).obtain(sources, BinaryAcquisitionTest::ignore);
    assertThat(etcd).hasContent("whole");
    assertThat(asked).hasValue(2);
  }

  @Test
  void theModuleSaysTheVersion() {
    ToolModule module = ToolModule.ofTestbed();
    assertThat(module.version()).matches("1\\.\\d+\\.\\d+");
    assertThat(module.version()).startsWith(module.minor() + ".");
    assertThat(module.cacheKey()).startsWith("kubernetes-" + module.version() + "-");
    assertThat(new ToolModule(module.goMod(), module.goSum() + "x", module.packages()).cacheKey())
        .isNotEqualTo(module.cacheKey());
  }

  private BinaryAcquisition acquisition(Map<String, String> environment) {
    return new BinaryAcquisition(environment, cache, ToolModule.ofTestbed());
  }

  private static void ignore(String progress) {}

  private static void writeProgram(Path file, String content) {
    try {
      Files.writeString(file, content);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
