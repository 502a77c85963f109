package dev.pgtrickle.e2e.operator;

import dev.pgtrickle.e2e.program.Shipped;
import dev.pgtrickle.testbed.machine.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The operator as it is shipped, as a process. */
final class OperatorProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Process process;
  private final Path log;
  private final int port;
  private final Thread hook;

  private OperatorProcess(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
    this.hook = new Thread(process::destroyForcibly, "end-operator");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** How to start one. */
  record Start(
      Path kubeconfig,
      Path hosts,
      String namespaces,
      String identity,
      Path log,
      Map<String, String> environment,
      List<String> options) {}

  static OperatorProcess start(Start start) {
    int port = FreePort.find();
    List<String> command = new ArrayList<>(Shipped.java());
    command.add("-Djdk.net.hosts.file=" + start.hosts());
    command.add("-Xmx256m");
    command.addAll(start.options());
    command.add("-jar");
    command.add(Shipped.OPERATOR.toString());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(start.log().toFile()));
    Map<String, String> environment = builder.environment();
    environment.put("KUBECONFIG", start.kubeconfig().toString());
    environment.put("PGTRICKLE_NAMESPACE", OperatorWorld.NAMESPACE);
    environment.put("PGTRICKLE_IDENTITY", start.identity());
    environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_OPERATOR_SDK_NAMESPACES", start.namespaces());
    environment.putAll(start.environment());
    try {
      return new OperatorProcess(builder.start(), start.log(), port);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Returns when it says that it is ready. */
  OperatorProcess awaitReady() {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(deadline)) {
      if (!process.isAlive()) {
        throw new AssertionError("the operator ended:\n" + log());
      }
      try {
        if (get("/q/health/ready").statusCode() == 200) {
          return this;
        }
        Thread.sleep(100);
      } catch (IOException notYet) {
        sleep();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new AssertionError(interrupted);
      }
    }
    throw new AssertionError("the operator is not ready:\n" + log());
  }

  /** What it answers. */
  String read(String path) {
    try {
      return get(path).body();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  String read(String path, String accept) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(uri(path)).header("Accept", accept).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(5)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL: no hook runs, nothing is given back. */
  void kill() {
    process.destroyForcibly();
    await(Duration.ofSeconds(10));
  }

  /** SIGTERM, and how it ended. */
  int stop() {
    process.destroy();
    if (!await(Duration.ofSeconds(40))) {
      process.destroyForcibly();
      throw new AssertionError("the operator does not stop:\n" + log());
    }
    return process.exitValue();
  }

  private boolean await(Duration patience) {
    try {
      return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      stop();
    }
    Runtime.getRuntime().removeShutdownHook(hook);
  }
}
