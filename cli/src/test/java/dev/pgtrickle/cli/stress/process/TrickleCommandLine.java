package dev.pgtrickle.cli.stress.process;

import java.nio.file.Path;
import java.util.List;

/** The words that start {@code trickle run}, from the classes under test. */
public record TrickleCommandLine(String mainClass, Path manifests, String url) {
  /** The command that users run. */
  public static final String PRODUCT = "dev.pgtrickle.cli.TrickleCommand";

  List<String> words() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        // Quick to start, since it lives for seconds only.
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx256m",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        mainClass,
        "run",
        "-f",
        manifests.toString(),
        "--pg",
        url);
  }
}
