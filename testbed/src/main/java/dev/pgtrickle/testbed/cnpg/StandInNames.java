package dev.pgtrickle.testbed.cnpg;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lets this JVM resolve the names of the stand-in's services, which are in hosts files, before it
 * asks as usual. Java finds this class by itself; a system property tells it the files.
 */
public final class StandInNames extends InetAddressResolverProvider {
  private static final String FILES = "pgtrickle.testbed.hosts";

  static synchronized void addFile(Path file) {
    String before = System.getProperty(FILES, "");
    System.setProperty(FILES, before.isEmpty() ? "" + file : before + File.pathSeparator + file);
  }

  @Override
  public String name() {
    return "pgtrickle testbed";
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    InetAddressResolver usual = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        Optional<String> address = find(host);
        return address.isPresent()
            ? Stream.of(InetAddress.ofLiteral(address.get()))
            : usual.lookupByName(host, policy);
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        return usual.lookupByAddress(address);
      }
    };
  }

  private static Optional<String> find(String host) {
    return Arrays.stream(System.getProperty(FILES, "").split(File.pathSeparator, -1))
        .filter(file -> !file.isEmpty())
        .map(Path::of)
        .flatMap(StandInNames::lines)
        .map(line -> line.split(" ", 2))
        .filter(words -> words[1].equals(host))
        .map(words -> words[0])
        .findFirst();
  }

  /** The file of a stand-in that has been closed is gone. */
  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }
}
