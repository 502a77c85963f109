package dev.pgtrickle.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A service in front of an instance that is gone takes connections and says nothing on them. */
class SilentServiceTest {

  @Test
  void aConnectionOnWhichNothingComesIsGivenUpForAnother() throws Exception {
    try (TestDatabase database = TestDatabase.create(TestServers.newest());
        ServerSocket service = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        DatabasePool pool =
            DatabasePool.open(
                new ConnectionTarget(
                    database
                        .jdbcUrl()
                        .replace(":" + portOf(database), ":" + service.getLocalPort()),
                    database.user(),
                    ""),
                new PinnedSession(Duration.ofMinutes(1)),
                1,
                _ -> {})) {
      Thread.ofVirtual().start(() -> leaveFirstOne(service, portOf(database)));
      try (Connection connection = pool.borrow()) {
        assertThat(connection.getNetworkTimeout()).as("an answer may take hours").isZero();
        assertThat(new SqlSession(connection).queryLong("SELECT 7 FROM pg_sleep(6)")).isEqualTo(7);
      }
    }
  }

  private static int portOf(TestDatabase database) {
    return URI.create(database.jdbcUrl().substring("jdbc:".length())).getPort();
  }

  private static void leaveFirstOne(ServerSocket service, int port) {
    try (Socket left = service.accept()) {
      while (left.isConnected()) {
        Socket client = service.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
        Thread.ofVirtual().start(() -> copy(client, server));
        Thread.ofVirtual().start(() -> copy(server, client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException closed) {
      // The other end is gone.
    }
  }
}
