package dev.pgtrickle.testbed.cnpg;

import dev.pgtrickle.testbed.machine.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A loopback address of its own for each cluster, so that each can have PostgreSQL's port. */
public record ServiceAddress(String host, int port) {
  private static final int POSTGRES = 5432;
  private static final int ATTEMPTS = 20;

  /** Finds a free one; another port only when no address has that port free. */
  static ServiceAddress find() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      ServiceAddress candidate = new ServiceAddress(randomHost(), POSTGRES);
      if (candidate.isFree()) {
        return candidate;
      }
    }
    return new ServiceAddress(randomHost(), FreePort.find());
  }

  private static String randomHost() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return "127.%d.%d.%d"
        .formatted(random.nextInt(64, 128), random.nextInt(256), random.nextInt(1, 255));
  }

  private boolean isFree() {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
