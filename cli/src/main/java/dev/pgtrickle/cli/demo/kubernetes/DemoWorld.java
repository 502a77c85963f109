package dev.pgtrickle.cli.demo.kubernetes;

import dev.pgtrickle.cli.demo.ShopWriter;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.testbed.cnpg.Pace;
import dev.pgtrickle.testbed.cnpg.StandInClusters;
import dev.pgtrickle.testbed.cnpg.StandInSettings;
import dev.pgtrickle.testbed.kubernetes.ControlPlane;
import dev.pgtrickle.testbed.kubernetes.Kubectl;
import dev.pgtrickle.testbed.machine.CacheDirectory;
import dev.pgtrickle.testbed.machine.TemporaryDirectories;
import dev.pgtrickle.testbed.machine.TemporaryDirectory;
import dev.pgtrickle.testbed.machine.TestbedException;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Everything that the demo starts. Closing it ends all of it and leaves no file. */
public final class DemoWorld implements AutoCloseable {
  /** The namespace of kubeconfigs that name none: commands need no -n. */
  private static final String NAMESPACE = "default";

  private static final PostgresVersion VERSION = PostgresVersion.ofMajor(18);

  private final ControlPlane controlPlane;
  private final TemporaryDirectory directory;
  private final OperatorProcess operator;
  private final ShopCluster shop;
  private final Deque<AutoCloseable> started;

  private DemoWorld(
      ControlPlane controlPlane,
      TemporaryDirectory directory,
      OperatorProcess operator,
      ShopCluster shop,
      Deque<AutoCloseable> started) {
    this.controlPlane = controlPlane;
    this.directory = directory;
    this.operator = operator;
    this.shop = shop;
    this.started = started;
  }

  /** Starts all of it; returns when the operator is ready and the shop is filled. */
  public static DemoWorld start(
      OperatorProgram program, Consumer<String> progress, Timings timings) {
    Deque<AutoCloseable> started = new ArrayDeque<>();
    try {
      return start(program, progress, timings, started);
    } catch (RuntimeException failure) {
      close(started, failure);
      throw failure;
    }
  }

  private static DemoWorld start(
      OperatorProgram program,
      Consumer<String> progress,
      Timings timings,
      Deque<AutoCloseable> started) {
    TemporaryDirectory directory =
        new TemporaryDirectories(CacheDirectory.ofThisUser(), "demos", abandoned -> List.of())
            .create();
    started.push(directory::discard);
    ControlPlane controlPlane =
        timings.of(
            "Kubernetes control plane", () -> ControlPlane.builder().progress(progress).start());
    started.push(controlPlane);
    progress.accept("installing the definitions and the operator's rights ...");
    timings.of("definitions and rights", () -> new Installation(controlPlane).install());
    StandInClusters clusters =
        StandInClusters.in(
            controlPlane,
            NAMESPACE,
            StandInSettings.of(VERSION).at(Pace.BRISK).tellingProgressTo(progress));
    started.push(clusters);
    progress.accept("starting the operator ...");
    OperatorProcess operator =
        OperatorProcess.start(
            program,
            controlPlane.serviceAccountKubeconfigFile(
                Installation.NAMESPACE, Installation.SERVICE_ACCOUNT),
            clusters.hosts().file(),
            directory.path().resolve("operator.log"));
    started.push(operator);
    // Beside the operator, which takes as long.
    CompletableFuture<ShopCluster> shop =
        CompletableFuture.supplyAsync(
            () ->
                timings.of(
                    "PostgreSQL 18 with the sample shop",
                    () -> ShopCluster.create(controlPlane, clusters)),
            task -> Thread.ofVirtual().name("shop-cluster").start(task));
    timings.of("operator", operator::awaitReady);
    return new DemoWorld(controlPlane, directory, operator, join(shop), started);
  }

  /** The kubectl of the control plane, as its administrator. */
  public Kubectl kubectl() {
    return controlPlane.kubectl();
  }

  /** Where the demo keeps files for its user. */
  public Path directory() {
    return directory.path();
  }

  /** The administrator's kubeconfig. */
  public Path kubeconfig() {
    return controlPlane.kubeconfigFile();
  }

  /** The shop's database, as its application reaches it. */
  public ConnectionTarget database() {
    return shop.target();
  }

  /** The address of that database for other programs of this machine, without the password. */
  public String url() {
    return shop.url();
  }

  /** A customer. */
  public ShopWriter writer() {
    return ShopWriter.open(shop.target());
  }

  /** Throws what the operator said last when it has ended. */
  public void requireOperator() {
    operator.requireAlive();
  }

  /** The last lines of the operator's log. */
  public String operatorLog() {
    return operator.logTail();
  }

  @Override
  public void close() {
    close(started, null);
  }

  /** Everything is tried; the first that fails is told, unless something failed before. */
  private static void close(Deque<AutoCloseable> started, @Nullable RuntimeException before) {
    RuntimeException failed = before;
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception failure) {
        if (failed == null) {
          failed = new TestbedException("Something that the demo started did not end", failure);
        } else {
          failed.addSuppressed(failure);
        }
      }
    }
    if (failed != null && before == null) {
      throw failed;
    }
  }

  private static ShopCluster join(CompletableFuture<ShopCluster> shop) {
    try {
      return shop.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestbedException("Interrupted while PostgreSQL was starting", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new CompletionException(e.getCause());
    }
  }
}
