package dev.pgtrickle.testbed.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.machine.ProcessTree;
import java.io.BufferedReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a killed JVM leaves behind: a running server and its temporary directory. */
class LeftoversTest {
  /** Starts a server, tells where it is, and waits to be killed. */
  static final class Victim {
    public static void main(String[] arguments) throws Exception {
      EmbeddedPostgres server =
          EmbeddedPostgres.builder(PostgresVersion.ofMajor(Integer.parseInt(arguments[0])))
              .setting("fsync", "off")
              .start();
      System.out.println(server.processId());
      System.out.println(server.dataDirectory());
      Thread.sleep(Long.MAX_VALUE);
    }
  }

  @Test
  void theNextServerRemovesThem() throws Exception {
    PostgresVersion version = TestServers.newest();
    Process victim = launchVictim(version);
    try (BufferedReader output = victim.inputReader()) {
      long postmaster = Long.parseLong(output.readLine());
      Path data = Path.of(output.readLine());

      // A server of a living process is left alone.
      EmbeddedPostgres.builder(version).start().close();
      assertThat(data).exists();

      victim.destroyForcibly().waitFor();
      assertThat(ProcessHandle.of(postmaster)).isPresent();
      EmbeddedPostgres.builder(version).start().close();
      assertThat(ProcessHandle.of(postmaster).filter(process -> !ProcessTree.hasEnded(process)))
          .isEmpty();
      assertThat(data.getParent()).doesNotExist();
    } finally {
      victim.destroyForcibly();
    }
  }

  @Test
  void anOrderlyEndLeavesNothing() throws Exception {
    Process victim = launchVictim(TestServers.newest());
    try (BufferedReader output = victim.inputReader()) {
      long postmaster = Long.parseLong(output.readLine());
      Path data = Path.of(output.readLine());
      victim.destroy();
      victim.waitFor();
      assertThat(ProcessHandle.of(postmaster).filter(process -> !ProcessTree.hasEnded(process)))
          .isEmpty();
      assertThat(data.getParent()).doesNotExist();
    } finally {
      victim.destroyForcibly();
    }
  }

  private static Process launchVictim(PostgresVersion version) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Victim.class.getName(),
            String.valueOf(version.major()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
