package dev.pgtrickle.testbed.kubernetes.binaries;

import dev.pgtrickle.testbed.machine.TestbedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Go module that pins what a control plane is built from, and so its version wherever it comes
 * from. Its checksums (go.sum) are the key of the cache.
 */
public record ToolModule(String goMod, String goSum, List<String> packages) {
  private static final String FOLDER = "/dev/pgtrickle/testbed/kubernetes/tools/";
  private static final Pattern VERSION = Pattern.compile("(?m)^require k8s.io/kubernetes v(\\S+)$");
  private static final int KEY_DIGITS = 12;

  /** The module that the testbed brings. */
  public static ToolModule ofTestbed() {
    return new ToolModule(
        resource("go.mod"), resource("go.sum"), resource("packages.txt").lines().toList());
  }

  /** The version of Kubernetes, such as 1.36.3. */
  public String version() {
    Matcher matcher = VERSION.matcher(goMod);
    if (!matcher.find()) {
      throw new TestbedException("go.mod of the tools requires no version of Kubernetes");
    }
    return matcher.group(1);
  }

  /** The version without its last part. */
  String minor() {
    return version().substring(0, version().lastIndexOf('.'));
  }

  /** Differs when anything differs that the programs are built from. */
  String cacheKey() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(goMod.getBytes(StandardCharsets.UTF_8));
      digest.update(goSum.getBytes(StandardCharsets.UTF_8));
      return "kubernetes-%s-%s"
          .formatted(version(), HexFormat.of().formatHex(digest.digest()).substring(0, KEY_DIGITS));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Java has no SHA-256", e);
    }
  }

  void writeTo(Path folder) {
    try {
      Files.writeString(folder.resolve("go.mod"), goMod);
      Files.writeString(folder.resolve("go.sum"), goSum);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String resource(String name) {
    try (InputStream stream = ToolModule.class.getResourceAsStream(FOLDER + name)) {
      if (stream == null) {
        throw new TestbedException("The testbed was built without " + FOLDER + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
