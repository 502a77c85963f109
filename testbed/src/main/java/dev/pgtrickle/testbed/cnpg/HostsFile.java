package dev.pgtrickle.testbed.cnpg;

import dev.pgtrickle.testbed.machine.TestbedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The names of services, which only pods can resolve, and their addresses.
 *
 * <p>A JVM that is started with {@code -Djdk.net.hosts.file=} and this file knows these names, and
 * none but these: the machine's own names are in it too. In the JVM of the stand-in they are known
 * without that.
 */
public final class HostsFile {
  private final Path file;
  private final Map<String, String> addresses = new TreeMap<>();

  HostsFile(Path file) {
    this.file = file;
    add("127.0.0.1", List.of("localhost", ownName()));
  }

  /** The file. */
  public Path file() {
    return file;
  }

  /** The address of a name. */
  public synchronized String address(String host) {
    String address = addresses.get(host);
    if (address == null) {
      throw new TestbedException("No stand-in for a service is called " + host);
    }
    return address;
  }

  /** By a rename: a reader sees the old or the new file, never half of one. */
  synchronized void add(String address, List<String> names) {
    names.forEach(name -> addresses.put(name, address));
    StringBuilder text = new StringBuilder();
    addresses.forEach((name, target) -> text.append(target).append(' ').append(name).append('\n'));
    try {
      Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
      Files.writeString(unfinished, text);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String ownName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "localhost";
    }
  }
}
