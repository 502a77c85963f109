package dev.pgtrickle.engine.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;

/**
 * Sockets that notice within half a minute that a peer has vanished without a word, as when a node
 * loses power: the kernel asks an idle peer whether it still lives. No time limit on answers would
 * do, since a refresh may rightly take hours.
 *
 * <p>The driver makes one by the name of this class.
 */
public final class WatchfulSockets extends SocketFactory {
  private static final int IDLE_SECONDS = 10;
  private static final int BETWEEN_PROBES_SECONDS = 5;
  private static final int PROBES = 3;

  private final SocketFactory plain = SocketFactory.getDefault();

  @Override
  public Socket createSocket() throws IOException {
    return watched(plain.createSocket());
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return watched(plain.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return watched(plain.createSocket(host, port, localHost, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return watched(plain.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws IOException {
    return watched(plain.createSocket(address, port, localAddress, localPort));
  }

  private static Socket watched(Socket socket) throws IOException {
    socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    setWhereKnown(socket, ExtendedSocketOptions.TCP_KEEPIDLE, IDLE_SECONDS);
    setWhereKnown(socket, ExtendedSocketOptions.TCP_KEEPINTERVAL, BETWEEN_PROBES_SECONDS);
    setWhereKnown(socket, ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
    return socket;
  }

  /** Not every operating system has them; without them its own, longer times hold. */
  private static void setWhereKnown(Socket socket, SocketOption<Integer> option, int value)
      throws IOException {
    if (socket.supportedOptions().contains(option)) {
      socket.setOption(option, value);
    }
  }
}
