package dev.pgtrickle.e2e.program;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The programs that the other modules package, and how they are started. */
public final class Shipped {
  /** The folder of the checkout. */
  public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** The operator. */
  public static final Path OPERATOR = file("operator", "target", "quarkus-app", "quarkus-run.jar");

  private Shipped() {}

  /** The words that start a JVM that lives for seconds only, and so had better be quick. */
  public static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED");
  }

  static Path file(String first, String... more) {
    Path file = ROOT.resolve(Path.of(first, more));
    if (!Files.exists(file)) {
      throw new IllegalStateException(
          file + " is not there: these tests run after the phase package");
    }
    return file;
  }
}
