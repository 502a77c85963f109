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

/** The operator as a process, which dies with this one, however that dies. */
final class OperatorProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(5);
  private static final int HEALTHY = 200;

  private final ChildProcess process;
  private final URI ready;

  private OperatorProcess(ChildProcess process, URI ready) {
    this.process = process;
    this.ready = ready;
  }

  /**
   * Starts it.
   *
   * @param kubeconfig whose rights it has
   * @param hosts the names of services, which on this machine nobody else resolves
   */
  static OperatorProcess start(OperatorProgram program, Path kubeconfig, Path hosts, Path log) {
    int port = FreePort.find();
    ChildProcess process =
        ChildProcess.start(
            "operator",
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.net.hosts.file=" + hosts,
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-jar",
                program.jar().toString()),
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
                String.valueOf(port)),
            log);
    return new OperatorProcess(process, URI.create("http://127.0.0.1:" + port + "/q/health/ready"));
  }

  /** Returns when it says that it is ready. */
  void awaitReady() {
    Instant deadline = Instant.now().plus(PATIENCE);
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (!isReady(client)) {
        if (!process.isAlive()) {
          throw new TestbedException("The operator ended; its last words:\n" + process.logTail());
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
