package dev.pgtrickle.testbed.cnpg;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What kube-proxy and a Service do: an address that stays, in front of the instance that is the
 * primary at the moment. Connections that exist are left to their instance, as kube-proxy leaves
 * them.
 */
final class LoopbackService implements AutoCloseable {
  private static final int BACKLOG = 200;

  private final ServiceAddress address;
  private @Nullable ServerSocket listener;
  private @Nullable Thread acceptor;

  LoopbackService(ServiceAddress address) {
    this.address = address;
  }

  ServiceAddress address() {
    return address;
  }

  /** Nobody listens: new connections are refused. */
  synchronized void refuse() {
    ServerSocket open = listener;
    Thread accepting = acceptor;
    listener = null;
    acceptor = null;
    if (open != null && accepting != null) {
      closeQuietly(open);
      // The port is free only when nobody waits on the socket any more.
      join(accepting);
    }
  }

  /** Connections are made, and nothing ever answers on them. */
  synchronized void hang() {
    refuse();
    ServerSocket opened = open();
    acceptor = Thread.ofVirtual().name("hanging-service").start(() -> hold(opened));
  }

  /** New connections lead to the instance on this port. */
  synchronized void leadTo(int port) {
    refuse();
    ServerSocket opened = open();
    acceptor = Thread.ofVirtual().name("service").start(() -> forward(opened, port));
  }

  @Override
  public void close() {
    refuse();
  }

  private ServerSocket open() {
    try {
      ServerSocket opened =
          new ServerSocket(address.port(), BACKLOG, InetAddress.getByName(address.host()));
      listener = opened;
      return opened;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not listen on " + address, e);
    }
  }

  /** Until the listener is closed, which ends what was held too. */
  private static void hold(ServerSocket listener) {
    List<Socket> held = new ArrayList<>();
    try {
      while (true) {
        held.add(listener.accept());
      }
    } catch (IOException closed) {
      held.forEach(LoopbackService::closeQuietly);
    }
  }

  private void forward(ServerSocket listener, int port) {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().name("connection").start(() -> connect(client, port));
      } catch (IOException closedOrGone) {
        // A client that went away while it was being accepted is no reason to serve no others.
      }
    }
  }

  private void connect(Socket client, int port) {
    try {
      Socket instance = new Socket();
      // From our own address: the instance trusts only those who come from 127.0.0.1.
      instance.bind(new InetSocketAddress(address.host(), 0));
      instance.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      client.setTcpNoDelay(true);
      instance.setTcpNoDelay(true);
      Thread.ofVirtual().name("answers").start(() -> pipe(instance, client));
      pipe(client, instance);
    } catch (IOException refused) {
      closeQuietly(client);
    }
  }

  private static void pipe(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException broken) {
      closeQuietly(from);
      closeQuietly(to);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeQuietly(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}
