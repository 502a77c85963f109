package dev.pgtrickle.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;

class WatchfulSocketsTest {

  @Test
  void ask_an_idle_peer_whether_it_lives_within_half_a_minute() throws IOException {
    WatchfulSockets sockets = new WatchfulSockets();
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Socket unconnected = sockets.createSocket();
        Socket connected =
            sockets.createSocket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
      assumeTrue(unconnected.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPCOUNT));
      for (Socket socket : new Socket[] {unconnected, connected}) {
        assertThat(socket.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
        int longest =
            socket.getOption(ExtendedSocketOptions.TCP_KEEPIDLE)
                + socket.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL)
                    * socket.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT);
        assertThat(longest).isLessThanOrEqualTo(30);
      }
    }
  }
}
