package dev.pgtrickle.cli.demo.kubernetes;

import dev.pgtrickle.testbed.machine.ChildProcess;
import dev.pgtrickle.testbed.machine.FreePort;
import dev.pgtrickle.testbed.machine.TestbedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The operator as a process, which dies with this one, however that dies. One that ends while it
 * starts is started again a few times, as a node of Kubernetes would do it: an API server that has
 * just learned of new kinds may close the first watches of them.
 */
final class OperatorProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(5);
  private static final int HEALTHY = 200;
  private static final int MOST_STARTS = 3;

  private final Supplier<ChildProcess> program;
  private final URI ready;
  private volatile ChildProcess process;

  private OperatorProcess(Supplier<ChildProcess> program, URI ready) {
    this.program = program;
    this.ready = ready;
    this.process = program.get();
  }

  /**
   * Starts it.
   *
   * @param kubeconfig whose rights it has
   * @param hosts the names of services, which on this machine nobody else resolves
   */
  static OperatorProcess start(OperatorProgram program, Path kubeconfig, Path hosts, Path log) {
    int port = FreePort.find();
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djdk.net.hosts.file=" + hosts,
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-jar",
            program.jar().toString());
    Map<String, String> environment =
        Map.of(
            "KUBECONFIG",
            kubeconfig.toString(),
            "PGTRICKLE_NAMESPACE",
            Installation.NAMESPACE,
            "PGTRICKLE_IDENTITY",
            "demo",
            "QUARKUS_HTTP_HOST",
            "127.0.0.1",
            "QUARKUS_HTTP_PORT",
            String.valueOf(port));
    return new OperatorProcess(
        () -> ChildProcess.start("operator", command, environment, log),
        URI.create("http://127.0.0.1:" + port + "/q/health/ready"));
  }

  /** Returns when it says that it is ready. */
  void awaitReady() {
    Instant deadline = Instant.now().plus(PATIENCE);
    int starts = 1;
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (!isReady(client)) {
        if (!process.isAlive()) {
          if (starts == MOST_STARTS) {
            throw new TestbedException("The operator ended; its last words:\n" + process.logTail());
          }
          starts++;
          process = program.get();
        }
        if (Instant.now().isAfter(deadline)) {
          throw new TestbedException(
              "The operator was not ready within %s; its last words:\n%s"
                  .formatted(PATIENCE, process.logTail()));
        }
        Thread.sleep(BETWEEN_LOOKS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestbedException("Interrupted while the operator was starting", e);
    }
  }

  /** Why nobody keeps the tables current any more, when that is so. */
  void requireAlive() {
    if (!process.isAlive()) {
      throw new TestbedException("The operator ended; its last words:\n" + process.logTail());
    }
  }

  String logTail() {
    return process.logTail();
  }

  private boolean isReady(HttpClient client) throws InterruptedException {
    try {
      HttpRequest question = HttpRequest.newBuilder(ready).timeout(ANSWER_PATIENCE).build();
      return client.send(question, HttpResponse.BodyHandlers.discarding()).statusCode() == HEALTHY;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** At once: its control plane goes too, so that it has nothing to hand over. */
  @Override
  public void close() {
    process.kill();
  }
}
