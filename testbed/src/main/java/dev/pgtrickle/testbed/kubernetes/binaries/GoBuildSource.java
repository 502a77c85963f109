package dev.pgtrickle.testbed.kubernetes.binaries;

import dev.pgtrickle.testbed.machine.ChildProcess;
import dev.pgtrickle.testbed.machine.DirectoryTree;
import dev.pgtrickle.testbed.machine.TestbedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Builds the programs from source, which needs nothing but Go modules from the network. Slow once:
 * eight minutes of processor time and 3 GB of Go's own caches.
 */
record GoBuildSource(ToolModule module, SearchPath searchPath) implements BinarySource {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(30);
  private static final String ETCD = "go.etcd.io/etcd/server/v3";

  @Override
  public String name() {
    return "build from source";
  }

  @Override
  public Outcome fill(Path folder, Consumer<String> progress) {
    Optional<Path> go = searchPath.find("go");
    if (go.isEmpty()) {
      return new Unavailable("there is no Go on the PATH, install Go 1.26 or newer");
    }
    progress.accept(
        "building Kubernetes %s with Go: about eight minutes, and 3 GB of Go's caches, once ..."
            .formatted(module.version()));
    Path sources = folder.resolve("source");
    try {
      Files.createDirectory(sources);
      module.writeTo(sources);
      Outcome kubernetes =
          build(go.get(), sources, folder + "/", kubernetesFlags(), kubernetesPackages(), progress);
      Outcome outcome =
          kubernetes instanceof Filled
              ? build(go.get(), sources, folder + "/etcd", "-s -w", List.of(ETCD), progress)
              : kubernetes;
      new DirectoryTree(sources).delete();
      return outcome;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> kubernetesPackages() {
    return module.packages().stream().filter(name -> !name.equals(ETCD)).toList();
  }

  /** Without these a client is told that the server is v0.0.0-master. */
  private String kubernetesFlags() {
    String[] parts = module.version().split("\\.", -1);
    Map<String, String> values =
        Map.of(
            "gitVersion",
            "v" + module.version(),
            "gitMajor",
            parts[0],
            "gitMinor",
            parts[1],
            "gitTreeState",
            "clean");
    return Stream.of("k8s.io/component-base/version", "k8s.io/client-go/pkg/version")
        .flatMap(name ->
            values.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(value -> " -X " + name + "." + value.getKey() + "=" + value.getValue()))
        .reduce("-s -w", String::concat);
  }

  private static Outcome build(
      Path go,
      Path sources,
      String output,
      String flags,
      List<String> packages,
      Consumer<String> progress) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(go.toString(), "build", "-C", sources.toString()));
    command.addAll(List.of("-mod=readonly", "-trimpath", "-buildvcs=false", "-ldflags=" + flags));
    command.addAll(List.of("-o", output));
    command.addAll(packages);
    ChildProcess build =
        ChildProcess.start(
            "go build",
            command,
            Map.of("CGO_ENABLED", "0", "GOFLAGS", "", "GOWORK", "off"),
            sources.resolve("build.log"));
    try {
      Instant started = Instant.now();
      while (!build.endsWithin(BETWEEN_LINES)) {
        progress.accept(
            "still building, for %d s now ..."
                .formatted(Duration.between(started, Instant.now()).toSeconds()));
      }
    } catch (InterruptedException e) {
      build.kill();
      Thread.currentThread().interrupt();
      throw new TestbedException("Interrupted while Kubernetes was built", e);
    }
    return build.exitCode() == 0
        ? new Filled()
        : new Unavailable("go build failed:\n" + build.logTail());
  }
}
